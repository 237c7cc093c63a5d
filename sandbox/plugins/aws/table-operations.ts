import { type AwsTypes, names } from "./types";

/** Keys, logs and names. */
export const OPERATIONS_TYPES: AwsTypes = {
  "aws:kms/key:Key": {
    id: "${uuid}",
    arn: "arn:${partition}:kms:${region}:${account}:key/${id}",
    required: [],
    optional: names(`bypassPolicyLockoutSafetyCheck customKeyStoreId customerMasterKeySpec deletionWindowInDays
      description enableKeyRotation isEnabled keyUsage multiRegion policy region rotationPeriodInDays tags xksKeyId`),
    replaceOn: names("customKeyStoreId customerMasterKeySpec keyUsage multiRegion xksKeyId"),
    defaults: {
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    computed: { keyId: "${id}" },
  },
  "aws:kms/alias:Alias": {
    id: "${name}",
    arn: "arn:${partition}:kms:${region}:${account}:${name}",
    required: names("targetKeyId"),
    optional: names("name namePrefix region"),
    replaceOn: names("name namePrefix"),
    autoName: { input: "name", begin: "alias/" },
    unique: {
      by: "${id}",
      refusal:
        "AlreadyExistsException: An alias with the name arn:${partition}:kms:${region}:${account}:${name} already exists",
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    id: "${name}",
    arn: "arn:${partition}:logs:${region}:${account}:log-group:${name}",
    required: [],
    optional: names(`deletionProtectionEnabled kmsKeyId logGroupClass name namePrefix region retentionInDays skipDestroy
      tags`),
    replaceOn: names("logGroupClass name namePrefix"),
    defaults: { retentionInDays: 0, skipDestroy: false },
    autoName: { input: "name" },
    unique: { by: "${id}", refusal: "ResourceAlreadyExistsException: The specified log group already exists" },
  },
  "aws:route53/record:Record": {
    id: "${zoneId}_${name}_${type}",
    required: names("name type zoneId"),
    optional: names(`aliases allowOverwrite cidrRoutingPolicy failoverRoutingPolicies geolocationRoutingPolicies
      geoproximityRoutingPolicy healthCheckId latencyRoutingPolicies multivalueAnswerRoutingPolicy records
      setIdentifier ttl weightedRoutingPolicies`),
    replaceOn: names("name zoneId"),
    computed: { fqdn: "${name}" },
    unique: {
      by: "${id} ${setIdentifier|}",
      refusal:
        "InvalidChangeBatch: Tried to create resource record set [name='${name}.', type='${type}'] but it exists",
    },
  },
};
