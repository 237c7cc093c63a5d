import assert from "node:assert/strict";

import { loadBalancerControllerPolicy } from "../../../../../fleet/management/iam/load-balancer-controller";

const PLACE = { partition: "aws", accountId: "111122223333", region: "us-west-2" };
const elb = (kind: string) => `arn:aws:elasticloadbalancing:us-west-2:111122223333:${kind}/*`;
const ec2 = (kind: string) => `arn:aws:ec2:us-west-2:111122223333:${kind}/*`;
const OURS = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "fleet" } };
const KEPT_TAG = { ...OURS, Null: { "aws:RequestTag/elbv2.k8s.aws/cluster": "true" } };
const NEW = { "aws:RequestTag/elbv2.k8s.aws/cluster": "fleet" };

/** What AWS' document of 2.14 allows. Facts: its actions. Not here: WAF, Shield, Cognito, which are turned off. */
const ALLOWED_BY_AWS = `
  acm:DescribeCertificate acm:ListCertificates
  ec2:AuthorizeSecurityGroupIngress ec2:CreateSecurityGroup ec2:CreateTags ec2:DeleteSecurityGroup ec2:DeleteTags
  ec2:DescribeAccountAttributes ec2:DescribeAddresses ec2:DescribeAvailabilityZones ec2:DescribeCoipPools
  ec2:DescribeInstances ec2:DescribeInternetGateways ec2:DescribeIpamPools ec2:DescribeNetworkInterfaces
  ec2:DescribeRouteTables ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeTags
  ec2:DescribeVpcPeeringConnections ec2:DescribeVpcs ec2:GetCoipPoolUsage ec2:GetSecurityGroupsForVpc
  ec2:RevokeSecurityGroupIngress
  elasticloadbalancing:AddListenerCertificates elasticloadbalancing:AddTags elasticloadbalancing:CreateListener
  elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateRule elasticloadbalancing:CreateTargetGroup
  elasticloadbalancing:DeleteListener elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DeleteRule
  elasticloadbalancing:DeleteTargetGroup elasticloadbalancing:DeregisterTargets
  elasticloadbalancing:DescribeCapacityReservation elasticloadbalancing:DescribeListenerAttributes
  elasticloadbalancing:DescribeListenerCertificates elasticloadbalancing:DescribeListeners
  elasticloadbalancing:DescribeLoadBalancerAttributes elasticloadbalancing:DescribeLoadBalancers
  elasticloadbalancing:DescribeRules elasticloadbalancing:DescribeSSLPolicies elasticloadbalancing:DescribeTags
  elasticloadbalancing:DescribeTargetGroupAttributes elasticloadbalancing:DescribeTargetGroups
  elasticloadbalancing:DescribeTargetHealth elasticloadbalancing:DescribeTrustStores
  elasticloadbalancing:ModifyCapacityReservation elasticloadbalancing:ModifyIpPools
  elasticloadbalancing:ModifyListener elasticloadbalancing:ModifyListenerAttributes
  elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:ModifyRule
  elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes
  elasticloadbalancing:RegisterTargets elasticloadbalancing:RemoveListenerCertificates
  elasticloadbalancing:RemoveTags elasticloadbalancing:SetIpAddressType elasticloadbalancing:SetRulePriorities
  elasticloadbalancing:SetSecurityGroups elasticloadbalancing:SetSubnets
  iam:CreateServiceLinkedRole iam:GetServerCertificate iam:ListServerCertificates
`
  .trim()
  .split(/\s+/);

describe("the policy of the AWS Load Balancer Controller", () => {
  const { Statement } = loadBalancerControllerPolicy(PLACE, "fleet");
  const statement = (sid: string) => {
    const found = Statement.find(({ Sid }) => Sid === sid);
    assert.ok(found, sid);
    const { Action, Resource, Condition } = found;
    return { Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
  };

  it("allows the actions of AWS' document, and no others", () => {
    assert.deepEqual([...new Set(Statement.flatMap(({ Action }) => Action))].sort(), ALLOWED_BY_AWS);
  });

  it("names the resources, save for what AWS only lets be read as a whole", () => {
    assert.deepEqual(
      Statement.filter(({ Resource }) => Resource.includes("*")).map(({ Sid }) => Sid),
      ["Look"],
    );
    assert.ok(statement("Look").Action.every((action) => /:(Describe|Get|List)[A-Za-z]+$/.test(action)));
  });

  it("fits into a role's own policies, 10,240 characters in all", () => {
    assert.ok(JSON.stringify(loadBalancerControllerPolicy(PLACE, "f".repeat(32))).length < 10_240);
  });

  const statements: [string, object][] = [
    [
      "ServiceRole",
      {
        Action: ["iam:CreateServiceLinkedRole"],
        Resource: ["arn:aws:iam::111122223333:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
        Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
      },
    ],
    [
      "SecurityGroupRules",
      {
        Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
        Resource: [ec2("security-group")],
      },
    ],
    ["NewSecurityGroups", { Action: ["ec2:CreateSecurityGroup"], Resource: [ec2("security-group"), ec2("vpc")] }],
    [
      "TagNewSecurityGroups",
      {
        Action: ["ec2:CreateTags"],
        Resource: [ec2("security-group")],
        Condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...NEW } },
      },
    ],
    [
      "TagSecurityGroups",
      { Action: ["ec2:CreateTags", "ec2:DeleteTags"], Resource: [ec2("security-group")], Condition: KEPT_TAG },
    ],
    [
      "DeleteSecurityGroups",
      { Action: ["ec2:DeleteSecurityGroup"], Resource: [ec2("security-group")], Condition: OURS },
    ],
    [
      "NewLoadBalancers",
      {
        Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
        Resource: [elb("loadbalancer"), elb("targetgroup")],
        Condition: { StringEquals: NEW },
      },
    ],
    [
      "TagNewLoadBalancers",
      {
        Action: ["elasticloadbalancing:AddTags"],
        Resource: [elb("loadbalancer"), elb("targetgroup")],
        Condition: {
          StringEquals: {
            "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"],
            ...NEW,
          },
        },
      },
    ],
    [
      "TagLoadBalancers",
      {
        Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
        Resource: [elb("loadbalancer"), elb("targetgroup")],
        Condition: KEPT_TAG,
      },
    ],
    [
      "LoadBalancers",
      {
        Action: [
          "elasticloadbalancing:DeleteLoadBalancer",
          "elasticloadbalancing:DeleteTargetGroup",
          "elasticloadbalancing:ModifyCapacityReservation",
          "elasticloadbalancing:ModifyIpPools",
          "elasticloadbalancing:ModifyListenerAttributes",
          "elasticloadbalancing:ModifyLoadBalancerAttributes",
          "elasticloadbalancing:ModifyTargetGroup",
          "elasticloadbalancing:ModifyTargetGroupAttributes",
          "elasticloadbalancing:SetIpAddressType",
          "elasticloadbalancing:SetSecurityGroups",
          "elasticloadbalancing:SetSubnets",
        ],
        Resource: [elb("loadbalancer"), elb("targetgroup"), elb("listener")],
        Condition: OURS,
      },
    ],
    [
      "Targets",
      {
        Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
        Resource: [elb("targetgroup")],
      },
    ],
    [
      "Listeners",
      {
        Action: [
          "elasticloadbalancing:AddListenerCertificates",
          "elasticloadbalancing:CreateListener",
          "elasticloadbalancing:CreateRule",
          "elasticloadbalancing:DeleteListener",
          "elasticloadbalancing:DeleteRule",
          "elasticloadbalancing:ModifyListener",
          "elasticloadbalancing:ModifyRule",
          "elasticloadbalancing:RemoveListenerCertificates",
          "elasticloadbalancing:SetRulePriorities",
        ],
        Resource: [elb("loadbalancer"), elb("listener"), elb("listener-rule")],
      },
    ],
    [
      "TagListeners",
      {
        Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
        Resource: [elb("listener"), elb("listener-rule")],
      },
    ],
  ];
  for (const [sid, expected] of statements) {
    it(`says for ${sid} exactly this`, () => {
      assert.deepEqual(statement(sid), expected);
    });
  }

  it("has no further statement", () => {
    assert.deepEqual(Statement.map(({ Sid }) => Sid).sort(), [...statements.map(([sid]) => sid), "Look"].sort());
  });
});
