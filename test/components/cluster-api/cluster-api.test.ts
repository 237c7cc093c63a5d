import assert from "node:assert/strict";

import { controllersPolicy } from "../../../fleet/aws/capa-iam/controllers";
import { trustedPods, trustedService } from "../../../fleet/aws/policy-document";
import { ClusterApiInstaller } from "../../../fleet/cluster-api/installer";
import { valueOf } from "../recorder";
import { IDENTITIES, inputs, kinds, OWNED, type Recorded, registerWith, TURTLES, waitsFor } from "./fixtures";
import { recordAws } from "./recorder";

const MEMBER = {
  accountId: "444455556666",
  roleArn: "arn:aws:iam::444455556666:role/controllers.fleet.cluster-fleet",
  namespaces: ["staging", "production"],
};

const register = registerWith(recordAws());

const policyOf = (recorded: Recorded, kindAndName: string): unknown => {
  const { policy, assumeRolePolicy } = inputs(recorded, kindAndName);
  return JSON.parse(String(policy ?? assumeRolePolicy));
};

describe("ClusterApi by somebody else", () => {
  it("registers the identities alone", async () => {
    const { recorded, clusterApi } = await register({ installer: ClusterApiInstaller.None, charts: {} });
    assert.deepEqual(kinds(recorded), IDENTITIES);
    assert.equal(await valueOf(clusterApi.installedBy), "none");
  });
});

describe("ClusterApi's identities", () => {
  it("stand under names of this management cluster, at the path and within the bounds that are given", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/bounds";
    const { recorded } = await register({ iamPath: "/platform/", permissionsBoundaryArn });
    const roles = ["controllers", "control-plane", "nodes", "eks-control-plane"].map((role) => {
      const { name, path, permissionsBoundary } = inputs(recorded, `Role fleet-${role}`);
      return [name, path, permissionsBoundary];
    });
    assert.deepEqual(
      roles,
      ["controllers", "control-plane", "nodes", "eks-controlplane"].map((role) => [
        `${role}.fleet.cluster-fleet`,
        "/platform/",
        permissionsBoundaryArn,
      ]),
    );
    assert.deepEqual(
      policyOf(recorded, "Policy fleet-controllers"),
      controllersPolicy({
        partition: "aws",
        accountId: "111122223333",
        managementName: "fleet",
        path: "/platform/",
      }),
    );
  });

  it("are taken by CAPA's service account on this cluster, by machines and by EKS, and nobody else", async () => {
    const { recorded } = await register();
    assert.deepEqual(
      policyOf(recorded, "Role fleet-controllers"),
      trustedPods({ clusterName: "fleet", namespace: "capa-system", name: "capa-controller-manager" }),
    );
    for (const role of ["nodes", "control-plane"]) {
      assert.deepEqual(policyOf(recorded, `Role fleet-${role}`), trustedService("ec2.amazonaws.com"));
    }
    assert.deepEqual(policyOf(recorded, "Role fleet-eks-control-plane"), trustedService("eks.amazonaws.com"));
  });

  it("make a machine's profile known once its role has its rights", async () => {
    const { recorded } = await register();
    assert.deepEqual(await waitsFor(recorded, "InstanceProfile fleet-nodes"), [
      "RolePolicyAttachment fleet-nodes-AmazonEKSWorkerNodePolicy",
      "RolePolicyAttachment fleet-nodes-AmazonEKS_CNI_Policy",
      "RolePolicyAttachment fleet-nodes-own",
    ]);
    assert.deepEqual(await waitsFor(recorded, "InstanceProfile fleet-control-plane"), [
      "RolePolicyAttachment fleet-control-plane-nodes",
      "RolePolicyAttachment fleet-control-plane-own",
    ]);
  });
});

describe("ClusterApi with another account", () => {
  it("lets the controllers take its role, and the named namespaces use it", async () => {
    const { recorded, terminal } = await register({ accounts: [{ ...MEMBER, externalId: "fleet-42" }] });
    assert.deepEqual(policyOf(recorded, "RolePolicy fleet-member-accounts"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "MemberAccounts",
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Resource: [MEMBER.roleArn],
        },
      ],
    });
    const identity = "AWSClusterRoleIdentity fleet-account-444455556666";
    assert.deepEqual(inputs(recorded, identity), {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
      kind: "AWSClusterRoleIdentity",
      metadata: { name: "account-444455556666", ...OWNED },
      spec: {
        allowedNamespaces: { list: ["production", "staging"] },
        roleARN: MEMBER.roleArn,
        sessionName: "fleet",
        durationSeconds: 3600,
        externalID: "fleet-42",
        sourceIdentityRef: { kind: "AWSClusterControllerIdentity", name: "default" },
      },
    });
    assert.ok((await waitsFor(recorded, identity)).includes("InfrastructureProvider fleet-infrastructure-aws"));
    assert.equal(recorded.options.get(identity)?.protect, true);
    assert.equal(terminal.length, 11);
  });

  it("does not install what contradicts itself, and says all of it", async () => {
    await assert.rejects(register({ ...TURTLES, waitImage: undefined, managementName: "Fleet" } as never), {
      message:
        "Cluster API cannot be installed like this:\n" +
        '  1. name: is not a DNS label of at most 32 characters, of which AWS names are made (got "Fleet"). ' +
        "Write a name such as fleet.\n" +
        "  2. waitImage: is missing, and something has to wait for Turtles. Give an image with kubectl 1.31 or later.",
    });
  });
});
