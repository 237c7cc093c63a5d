import assert from "node:assert/strict";
import { kmsKeyRequireRotation as rule } from "../../../policy/rules/kms-key-require-rotation";
import { type Fields, judge, RESOURCE_NAME, UNKNOWN_IN_PREVIEW } from "../helpers";
import { EKS_CLUSTER } from "./aws";

const KEY = "aws:kms/key:Key";

function judged(fields: Fields) {
  return judge(rule, KEY, { description: "for the Secrets of fleet", ...fields });
}

function forEver(got: string, key = "for the Secrets of fleet"): string {
  return `enableKeyRotation: KMS key ${key} keeps its key material for ever (got ${got}). Set it to true.`;
}

describe("policy kms-key-require-rotation", () => {
  it("accepts a key that rotates", () => {
    assert.deepEqual(judged({ enableKeyRotation: true }), { violations: [] });
  });

  it("refuses a symmetric key that does not rotate, which is what nothing stated means", () => {
    assert.deepEqual(judged({ enableKeyRotation: false }).violations, [forEver("false")]);
    assert.deepEqual(judged({ customerMasterKeySpec: "SYMMETRIC_DEFAULT" }).violations, [forEver("nothing")]);
  });

  it("calls a key without a description by the resource's name", () => {
    assert.deepEqual(judge(rule, KEY, {}).violations, [forEver("nothing", RESOURCE_NAME)]);
  });

  for (const [what, fields] of [
    ["an asymmetric key", { customerMasterKeySpec: "RSA_2048" }],
    ["an HMAC key", { customerMasterKeySpec: "HMAC_256" }],
    ["a key of a custom key store", { customKeyStoreId: "cks-1" }],
    ["a key of a key store outside AWS", { customKeyStoreId: UNKNOWN_IN_PREVIEW, xksKeyId: "1" }],
  ] as const) {
    it(`does not judge ${what}, which cannot rotate by itself`, () => {
      assert.deepEqual(judged(fields), { violations: [], notApplicable: true });
    });
  }

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know the rotation", () => {
    assert.deepEqual(judged({ enableKeyRotation: UNKNOWN_IN_PREVIEW }), {
      violations: [],
      advisory: "string value at .enableKeyRotation can't be known during preview",
    });
  });
});
