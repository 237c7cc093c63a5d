import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateEksClusters } from "../eks-cluster";
import { shown, UNKNOWN } from "../values";

/**
 * Secrets of an EKS cluster are encrypted with a KMS key of yours.
 *
 * Why: a management cluster holds the credentials of every cluster of the fleet as Secrets. EKS encrypts them with a key
 * of AWS' own in any case; with a key of yours each use of it is in your audit trail, and you can take it away. It can be
 * turned on later, but neither turned off nor given another key.
 *
 * Source: CIS EKS Benchmark 1.8 5.3.1; AVD-AWS-0039; Security Hub EKS.3; Control Tower CT.EKS.PR.2; AWS Config
 * eks-secrets-encrypted.
 *
 * Remedy: `encryptionConfig` with the resource `secrets` and the ARN of a key. A key that the same run makes counts.
 */
export const eksClusterRequireSecretsEncryption: ResourceValidationPolicy = {
  name: "eks-cluster-require-secrets-encryption",
  description: "Secrets of an EKS cluster are encrypted with a KMS key of yours.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: 'Set encryptionConfig.resources to ["secrets"] and encryptionConfig.provider.keyArn to a KMS key.',
  validateResource: validateEksClusters((cluster, report) => {
    const resources = cluster.read("encryptionConfig", "resources");
    if (resources !== UNKNOWN && !(Array.isArray(resources) && resources.includes("secrets"))) {
      report(
        `encryptionConfig.resources: Secrets of ${cluster.title} are not encrypted with a key of yours ` +
          `(got ${shown(resources)}). Set it to ["secrets"].`,
      );
    }
    if (!cluster.gives("encryptionConfig", "provider", "keyArn")) {
      report(
        `encryptionConfig.provider.keyArn: no key is named for the Secrets of ${cluster.title} (got nothing). ` +
          "Set it to the ARN of a KMS key.",
      );
    }
  }),
};
