import assert from "node:assert/strict";

import { Vpc } from "@pulumi/aws/ec2/vpc";
import { Cluster } from "@pulumi/aws/eks/cluster";
import { ExternalKey } from "@pulumi/aws/kms/externalKey";
import { Key } from "@pulumi/aws/kms/key";
import { ReplicaKey } from "@pulumi/aws/kms/replicaKey";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { RandomPassword } from "@pulumi/random/randomPassword";

import { dangerousType, fits } from "../../../../cli/preview-gate/dangerous-types";
import { ENCRYPTION_SECRET } from "../../../../fleet/classes/kubeadm/encryption";

describe("the types that the preview gate guards", () => {
  const resources: [object, string, string][] = [
    [Cluster, "x", "EKS cluster"],
    [Vpc, "x", "VPC"],
    [Key, "x", "KMS key"],
    [ReplicaKey, "x", "KMS key"],
    [ExternalKey, "x", "KMS key"],
    [CustomResourceDefinition, "x", "CRD"],
    [Namespace, "x", "namespace"],
    [Secret, ENCRYPTION_SECRET, "encryption key"],
    [RandomPassword, "production-encryption-origin", "encryption key"],
  ];
  for (const [resource, name, called] of resources) {
    const { __pulumiType: type } = resource as { __pulumiType: string };
    it(`are called as the engine calls them: ${type}`, () => assert.equal(dangerousType(type, name)?.called, called));
  }

  it("are guarded whatever they are called", () =>
    assert.equal(dangerousType("aws:ec2/vpc:Vpc", "shared:eu")?.called, "VPC"));

  it("match as a whole: a pattern's * stands for a part without colons", () => {
    assert.ok(fits("kubernetes:a.io/*:Cluster", "kubernetes:a.io/v1:Cluster"));
    for (const type of [
      "kubernetes:a.io/v1:ClusterClass",
      "kubernetes:aXio/v1:Cluster",
      "kubernetes:a.io/v1:b:Cluster",
    ])
      assert.ok(!fits("kubernetes:a.io/*:Cluster", type), type);
  });
});
