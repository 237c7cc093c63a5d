import assert from "node:assert/strict";
import { eksClusterRequireSecretsEncryption as rule } from "../../../policy/rules/eks-cluster-require-secrets-encryption";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, LAUNCH_TEMPLATE } from "./aws";

const NO_KEY =
  "encryptionConfig.provider.keyArn: no key is named for the Secrets of EKS cluster fleet (got nothing). " +
  "Set it to the ARN of a KMS key.";

function judged(path: string, value: unknown) {
  return judge(rule, EKS_CLUSTER, changed(eksCluster(), path, value));
}

function notEncrypted(got: string): string {
  return (
    "encryptionConfig.resources: Secrets of EKS cluster fleet are not encrypted with a key of yours " +
    `(got ${got}). Set it to ["secrets"].`
  );
}

describe("policy eks-cluster-require-secrets-encryption", () => {
  it("accepts a cluster whose Secrets have a key", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, eksCluster()), { violations: [] });
  });

  for (const [resources, got] of [
    [undefined, "nothing"],
    [[], "[]"],
    [["configmaps"], '["configmaps"]'],
    ["secrets", '"secrets"'],
  ] as const) {
    it(`refuses the resources ${got}`, () => {
      assert.deepEqual(judged("encryptionConfig.resources", resources).violations, [notEncrypted(got)]);
    });
  }

  it("refuses a cluster without a key", () => {
    assert.deepEqual(judged("encryptionConfig.provider", undefined).violations, [NO_KEY]);
    assert.deepEqual(judged("encryptionConfig.provider.keyArn", "").violations, [NO_KEY]);
  });

  it("refuses a cluster that states nothing, in both respects", () => {
    assert.deepEqual(judged("encryptionConfig", undefined).violations, [notEncrypted("nothing"), NO_KEY]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  it("accepts in the preview, without an advisory, a key that the same run makes", () => {
    assert.deepEqual(judged("encryptionConfig.provider.keyArn", UNKNOWN_IN_PREVIEW), { violations: [] });
  });

  it("is advisory in the preview where only the update will know the resources", () => {
    assert.deepEqual(judged("encryptionConfig.resources", [UNKNOWN_IN_PREVIEW]), {
      violations: [],
      advisory: "string value at .encryptionConfig.resources.0 can't be known during preview",
    });
    assert.deepEqual(judged("encryptionConfig", UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .encryptionConfig can't be known during preview",
    });
  });
});
