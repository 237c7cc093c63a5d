import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateResources } from "../registered-resource";
import { shown, UNKNOWN } from "../values";

const MIN_DAYS = 1;

interface RetentionConfig {
  readonly minDays?: number;
}

/**
 * Log groups keep their logs for a stated time, encrypted with a KMS key of yours.
 *
 * Why: a log group keeps everything for ever unless told otherwise, and is billed for it. Audit and flow logs say who did
 * what from where: with a key of yours each reading of them is in your audit trail.
 *
 * Source: AVD-AWS-0017; Security Hub CloudWatch.16 (365 days, with `minDays`); CloudWatch Logs API reference,
 * PutRetentionPolicy.
 *
 * Remedy: `retentionInDays` and `kmsKeyId`. A key that the same run makes counts.
 */
export const logGroupRequireRetentionAndKms: ResourceValidationPolicy = {
  name: "log-group-require-retention-and-kms",
  description: "Log groups keep their logs for a stated time, encrypted with a KMS key of yours.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Set retentionInDays, and kmsKeyId to the ARN of a KMS key that CloudWatch Logs may use.",
  configSchema: {
    properties: {
      minDays: {
        type: "integer",
        minimum: 1,
        default: MIN_DAYS,
        description: "Fewest days for which logs are kept.",
      },
    },
  },
  validateResource: validateResources(["aws:cloudwatch/logGroup:LogGroup"], (group, report, args) => {
    const { minDays = MIN_DAYS } = args.getConfig<RetentionConfig>();
    const title = `log group ${group.called("name")}`;
    const days = group.read("retentionInDays");
    if (days !== UNKNOWN && (days === undefined || days === 0)) {
      report(
        `retentionInDays: ${title} keeps its logs for ever (got ${shown(days)}). ` +
          `Set it to ${minDays === MIN_DAYS ? "the days for which you need them" : `${minDays} or more`}.`,
      );
    } else if (typeof days === "number" && days < minDays) {
      report(`retentionInDays: ${title} forgets its logs too soon (got ${days}). Set it to ${minDays} or more.`);
    }
    if (!group.gives("kmsKeyId")) {
      report(`kmsKeyId: ${title} is not encrypted with a key of yours (got nothing). Set it to the ARN of a KMS key.`);
    }
  }),
};
