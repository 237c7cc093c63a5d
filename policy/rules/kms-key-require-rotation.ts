import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type RegisteredResource, validateResources } from "../registered-resource";
import { shown, UNKNOWN } from "../values";

/**
 * KMS keys get new key material by themselves.
 *
 * Why: what one key's material has encrypted over the years is as much as its leak would lay open. Rotation keeps ARN and
 * policy, and what was encrypted before stays readable.
 *
 * Only symmetric keys with material of KMS' own can rotate: asymmetric and HMAC keys, and those of a custom key store, are
 * not judged.
 *
 * Source: Security Hub KMS.4; AVD-AWS-0065; KMS developer guide, "Rotate AWS KMS keys" (which keys can).
 *
 * Remedy: `enableKeyRotation`.
 */
export const kmsKeyRequireRotation: ResourceValidationPolicy = {
  name: "kms-key-require-rotation",
  description: "KMS keys get new key material by themselves.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Set enableKeyRotation to true.",
  validateResource: validateResources(["aws:kms/key:Key"], (key, report, args) => {
    const rotation = key.read("enableKeyRotation");
    if (rotation === UNKNOWN || rotation === true) {
      return;
    }
    if (!canRotate(key)) {
      return args.notApplicable("KMS cannot rotate a key of this kind by itself");
    }
    // A key has no name: what it is for tells it from others.
    report(
      `enableKeyRotation: KMS key ${key.called("description")} keeps its key material for ever ` +
        `(got ${shown(rotation)}). Set it to true.`,
    );
  }),
};

/** What only the update will know gets the benefit of the doubt. */
function canRotate(key: RegisteredResource): boolean {
  const spec = key.read("customerMasterKeySpec");
  const stores = [key.gives("customKeyStoreId"), key.gives("xksKeyId")];
  return (spec === undefined || spec === "SYMMETRIC_DEFAULT") && !stores.includes(true);
}
