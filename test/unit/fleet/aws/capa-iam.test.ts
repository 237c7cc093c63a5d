import assert from "node:assert/strict";
import fc from "fast-check";

import { memberAccountsPolicy, memberTrust } from "../../../../fleet/aws/capa-iam/accounts";
import { controlPlanePolicy } from "../../../../fleet/aws/capa-iam/control-plane";
import { controllersPolicy } from "../../../../fleet/aws/capa-iam/controllers";
import { controllersEksPolicy } from "../../../../fleet/aws/capa-iam/controllers-eks";
import { nodesPolicy } from "../../../../fleet/aws/capa-iam/nodes";
import { capaNames, type CapaPlace, roleArn } from "../../../../fleet/aws/capa-iam/place";
import { type PolicyDocument, type Statement } from "../../../../fleet/aws/policy-document";
import { CAPA } from "../../../../fleet/versions/compatibility";
import { CAPA_ACTIONS, CAPA_VERSION } from "./capa-actions";

const PLACE: CapaPlace = { partition: "aws", accountId: "111122223333", managementName: "fleet", path: "/" };
const DOCUMENTS = {
  controllers: controllersPolicy,
  controllersEks: controllersEksPolicy,
  nodes: nodesPolicy,
  controlPlane: controlPlanePolicy,
} as const;
type Part = keyof typeof DOCUMENTS;
const PARTS = Object.keys(DOCUMENTS) as Part[];

/** As long as the rules let through. */
const LONGEST: CapaPlace = {
  partition: "aws-us-gov",
  accountId: "111122223333",
  managementName: "f".repeat(32),
  path: `/${"p".repeat(126)}/`,
};
const places: fc.Arbitrary<CapaPlace> = fc.record({
  partition: fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
  accountId: fc.stringMatching(/^\d{12}$/),
  managementName: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/),
  path: fc.stringMatching(/^\/([a-z]{1,62}\/){0,2}$/),
});

const byId = (document: PolicyDocument, sid: string): Statement => {
  const found = document.Statement.find((statement) => statement.Sid === sid);
  assert.ok(found, `no statement ${sid}`);
  return found;
};
const actionsOf = ({ Statement }: PolicyDocument) => [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
/** Each statement's resources, and its condition where it has one. */
const limits = ({ Statement }: PolicyDocument) =>
  Object.fromEntries(
    Statement.map(({ Sid, Resource, Condition }) => [Sid, Condition === undefined ? Resource : [Resource, Condition]]),
  );

const EC2 = [
  "arn:aws:ec2:*:111122223333:*",
  "arn:aws:ec2:*::*",
  "arn:aws:ec2:*:*:ipam-pool/*",
  "arn:aws:ec2:*:*:security-group/*",
  "arn:aws:ec2:*:*:subnet/*",
  "arn:aws:ec2:*:*:vpc/*",
];
const BALANCERS = ["arn:aws:elasticloadbalancing:*:111122223333:*"];
const SECRETS = ["arn:aws:secretsmanager:*:111122223333:secret:aws.cluster.x-k8s.io/*"];
const SERVICE_ROLE = "arn:aws:iam::111122223333:role/aws-service-role";

describe("the policies of Cluster API's AWS provider", () => {
  it("are those of the version that is installed by default", () => {
    assert.equal(CAPA_VERSION, CAPA);
  });

  for (const part of PARTS) {
    it(`${part}: has exactly the actions that CAPA asks for`, () => {
      const facts: Readonly<Record<string, readonly string[]>> = CAPA_ACTIONS[part];
      const asked = Object.entries(facts).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));
      assert.deepEqual(actionsOf(DOCUMENTS[part](PLACE)), asked.sort());
    });

    it(`${part}: names each action once, none by a pattern`, () => {
      const actions = DOCUMENTS[part](PLACE).Statement.flatMap(({ Action }) => Action);
      assert.deepEqual(
        actions.filter((action) => action.includes("*")),
        [],
      );
      assert.equal(new Set(actions).size, actions.length);
    });

    it(`${part}: has every statement named, once`, () => {
      const ids = DOCUMENTS[part](PLACE).Statement.map(({ Sid }) => Sid);
      assert.ok(ids.every((sid) => /^[A-Za-z0-9]+$/.test(sid)));
      assert.equal(new Set(ids).size, ids.length);
    });

    it(`${part}: gives all resources to nothing but what AWS knows no resources for`, () => {
      const reads = /^\w+:(Describe|Get|List)/;
      const sessions = /^(ssm:UpdateInstanceInformation|ssmmessages:\w+)$/;
      const wide = DOCUMENTS[part](PLACE).Statement.filter(({ Resource }) => Resource.includes("*"));
      assert.deepEqual(
        wide.flatMap(({ Action }) => Action).filter((action) => !reads.test(action) && !sessions.test(action)),
        [],
      );
    });

    it(`${part}: fits into what IAM allows, in every partition`, () => {
      fc.assert(
        fc.property(places, (place) => {
          assert.ok(JSON.stringify(DOCUMENTS[part](place)).length <= 6144);
        }),
        { examples: [[LONGEST]] },
      );
    });

    it(`${part}: names no other partition and no other account than its own`, () => {
      fc.assert(
        fc.property(places, (place) => {
          for (const arn of DOCUMENTS[part](place).Statement.flatMap(({ Resource }) => Resource)) {
            if (arn === "*") continue;
            const [, partition, , , account = ""] = arn.split(":");
            assert.equal(partition, place.partition);
            assert.ok(["", "*", "aws", place.accountId].includes(account), arn);
          }
        }),
      );
    });
  }

  it("limits what the controllers may do, statement by statement", () => {
    assert.deepEqual(limits(controllersPolicy(PLACE)), {
      Look: ["*"],
      Ec2: EC2,
      LoadBalancers: BALANCERS,
      Groups: ["arn:aws:autoscaling:*:111122223333:autoScalingGroup:*:autoScalingGroupName/*"],
      EksAccess: ["arn:aws:eks:*:111122223333:cluster/*", "arn:aws:eks:*:111122223333:access-entry/*"],
      ServiceRoles: [
        [
          `${SERVICE_ROLE}/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
          `${SERVICE_ROLE}/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
          `${SERVICE_ROLE}/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
        ],
        {
          StringLike: {
            "iam:AWSServiceName": [
              "autoscaling.amazonaws.com",
              "elasticloadbalancing.amazonaws.com",
              "spot.amazonaws.com",
            ],
          },
        },
      ],
      PassToMachines: [
        [
          "arn:aws:iam::111122223333:role/control-plane.fleet.cluster-fleet",
          "arn:aws:iam::111122223333:role/nodes.fleet.cluster-fleet",
        ],
        { StringLike: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
      ],
      BootstrapData: SECRETS,
    });
  });

  it("limits what the controllers may do with EKS, statement by statement", () => {
    const types = ["addon", "cluster", "fargateprofile", "identityproviderconfig", "nodegroup"];
    assert.deepEqual(limits(controllersEksPolicy(PLACE)), {
      Look: ["*"],
      Eks: types.map((type) => `arn:aws:eks:*:111122223333:${type}/*`),
      MoreAddresses: EC2,
      NodeImages: ["arn:aws:ssm:*::parameter/aws/service/eks/optimized-ami/*"],
      ServiceRoles: [
        [
          `${SERVICE_ROLE}/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`,
          `${SERVICE_ROLE}/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup`,
          `${SERVICE_ROLE}/eks-fargate.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate`,
          `${SERVICE_ROLE}/eks-fargate-pods.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate`,
        ],
        {
          StringLike: {
            "iam:AWSServiceName": ["eks.amazonaws.com", "eks-nodegroup.amazonaws.com", "eks-fargate.amazonaws.com"],
          },
        },
      ],
      LookAtRoles: ["arn:aws:iam::111122223333:role/*"],
      LookAtPolicy: ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
      PassToEks: [
        ["arn:aws:iam::111122223333:role/*.fleet.cluster-fleet"],
        { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } },
      ],
      SecretsKey: [
        ["arn:aws:kms:*:111122223333:key/*"],
        { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/cluster-api-provider-aws-*" } },
      ],
    });
  });

  it("limits what nodes may do, statement by statement", () => {
    assert.deepEqual(limits(nodesPolicy(PLACE)), {
      Look: ["*"],
      Interfaces: ["arn:aws:ec2:*:111122223333:instance/*", "arn:aws:ec2:*:111122223333:network-interface/*"],
      Images: ["arn:aws:ecr:*:*:repository/*"],
      BootstrapData: SECRETS,
      Sessions: ["*"],
      SessionLogs: ["arn:aws:s3:::*"],
    });
  });

  it("limits what control planes may do, statement by statement", () => {
    assert.deepEqual(limits(controlPlanePolicy(PLACE)), {
      Look: ["*"],
      Ec2: EC2,
      LoadBalancers: BALANCERS,
      ServiceRoles: [
        [`${SERVICE_ROLE}/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`],
        { StringLike: { "iam:AWSServiceName": ["elasticloadbalancing.amazonaws.com"] } },
      ],
      VolumeKeys: ["arn:aws:kms:*:111122223333:key/*"],
    });
  });

  it("passes roles of this management cluster alone, at our path, to a named service", () => {
    fc.assert(
      fc.property(places, (place) => {
        const passes = PARTS.flatMap((part) => DOCUMENTS[part](place).Statement).filter(({ Action }) =>
          Action.includes("iam:PassRole"),
        );
        assert.equal(passes.length, 2);
        for (const { Action, Resource, Condition } of passes) {
          assert.deepEqual(Action, ["iam:PassRole"]);
          assert.ok(JSON.stringify(Condition).includes("iam:PassedToService"));
          for (const arn of Resource) {
            assert.ok(arn.startsWith(roleArn(place, "")), arn);
            assert.ok(arn.endsWith(`.${place.managementName}.cluster-fleet`), arn);
          }
        }
      }),
    );
  });

  it("never lets machines have the controllers' role", () => {
    const { Resource } = byId(controllersPolicy(PLACE), "PassToMachines");
    assert.ok(!Resource.some((arn) => arn.includes("controllers") || arn.includes("*")));
  });

  it("have names that IAM takes, for every management cluster", () => {
    fc.assert(
      fc.property(places, ({ managementName }) => {
        for (const name of Object.values(capaNames(managementName))) {
          assert.ok(name.length <= 64, name);
        }
      }),
    );
  });
});

describe("the way into other accounts", () => {
  const controllers = "arn:aws:iam::111122223333:role/platform/controllers.fleet.cluster-fleet";

  it("is open to the controllers for the declared roles alone", () => {
    const role = "arn:aws:iam::444455556666:role/controllers.fleet.cluster-fleet";
    assert.deepEqual(memberAccountsPolicy([role]).Statement, [
      { Sid: "MemberAccounts", Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: [role] },
    ]);
  });

  it("is trusted to the controllers' role alone, in whose account it may not even exist yet", () => {
    assert.deepEqual(memberTrust(controllers).Statement, [
      {
        Sid: "ManagementCluster",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { ArnEquals: { "aws:PrincipalArn": controllers } },
      },
    ]);
  });

  it("asks for the external id where there is one", () => {
    assert.deepEqual(memberTrust(controllers, "fleet-42").Statement[0]?.Condition, {
      ArnEquals: { "aws:PrincipalArn": controllers },
      StringEquals: { "sts:ExternalId": "fleet-42" },
    });
  });

  it("keeps the partition", () => {
    const china = "arn:aws-cn:iam::111122223333:role/controllers.fleet.cluster-fleet";
    assert.deepEqual(memberTrust(china).Statement[0]?.Principal, { AWS: "arn:aws-cn:iam::111122223333:root" });
  });
});
