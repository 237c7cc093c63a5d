import { type TrustDocument } from "../../aws/policy-document";

/** Where a management cluster lives in AWS. */
export interface AwsPlace {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** What the account may do with its key; IAM policies there decide who does it. */
const OWNER_ACTIONS = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:RevokeGrant",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/**
 * The policy of the key that encrypts a management cluster's secrets and logs. In a key's policy the resource `*` is the
 * key itself.
 *
 * Source: CloudWatch Logs user guide, "Encrypt log data using AWS KMS": the service and its encryption context.
 * @param logGroups Names of the log groups that the key encrypts.
 */
export function keyPolicy({ partition, accountId, region }: AwsPlace, logGroups: readonly string[]): TrustDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: OWNER_ACTIONS,
        Resource: ["*"],
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: ["*"],
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": logGroups.map(
              (name) => `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`,
            ),
          },
        },
      },
    ],
  };
}
