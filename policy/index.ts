import { PolicyPack } from "@pulumi/policy";
import { baseRevisionRequireContentName } from "./rules/base-revision-require-content-name";
import { classObjectRequireContentName } from "./rules/class-object-require-content-name";
import { clusterApiRequireOneOwner } from "./rules/cluster-api-require-one-owner";
import { clusterRequireBackgroundDeletion } from "./rules/cluster-require-background-deletion";
import { clusterRequireClass } from "./rules/cluster-require-class";
import { clusterRequireLabels } from "./rules/cluster-require-labels";
import { controlPlaneRequireQuorum } from "./rules/control-plane-require-quorum";
import { eksClusterAdviseSupport } from "./rules/eks-cluster-advise-support";
import { eksClusterRequireAccessEntries } from "./rules/eks-cluster-require-access-entries";
import { eksClusterRequireDeletionProtection } from "./rules/eks-cluster-require-deletion-protection";
import { eksClusterRequireLogs } from "./rules/eks-cluster-require-logs";
import { eksClusterRequirePrivateEndpoint } from "./rules/eks-cluster-require-private-endpoint";
import { eksClusterRequireSecretsEncryption } from "./rules/eks-cluster-require-secrets-encryption";
import { eksClusterRequireSupportedVersion } from "./rules/eks-cluster-require-supported-version";
import { eksNodesRequireThreeZones } from "./rules/eks-nodes-require-three-zones";
import { fleetAdviseSupport } from "./rules/fleet-advise-support";
import { fleetLimitCost } from "./rules/fleet-limit-cost";
import { fleetLimitVersionSkew } from "./rules/fleet-limit-version-skew";
import { fleetListWaivers } from "./rules/fleet-list-waivers";
import { fleetRequireLabelSets } from "./rules/fleet-require-label-sets";
import { fleetRequireNames } from "./rules/fleet-require-names";
import { fleetRequirePromotionOrder } from "./rules/fleet-require-promotion-order";
import { fleetRequireSupportedVersions } from "./rules/fleet-require-supported-versions";
import { iamPolicyDisallowWildcards } from "./rules/iam-policy-disallow-wildcards";
import { kmsKeyRequireRotation } from "./rules/kms-key-require-rotation";
import { launchTemplateRequireEncryptedVolumes } from "./rules/launch-template-require-encrypted-volumes";
import { launchTemplateRequireImdsV2 } from "./rules/launch-template-require-imds-v2";
import { logGroupRequireRetentionAndKms } from "./rules/log-group-require-retention-and-kms";
import { managementAdviseCompatibleSet } from "./rules/management-advise-compatible-set";
import { managementRequireCompatibleSet } from "./rules/management-require-compatible-set";
import { nodeGroupRequireOnDemandAndRepair } from "./rules/node-group-require-on-demand-and-repair";

// Serves the pack from here on; the only place that constructs it, so that tests may import the rules.
new PolicyPack("cluster-fleet", {
  displayName: "cluster-fleet",
  description: "Rules of the fleet, checked on the fleet and on every Kubernetes object before anything is touched.",
  policies: [
    clusterRequireClass,
    clusterRequireLabels,
    clusterRequireBackgroundDeletion,
    controlPlaneRequireQuorum,
    classObjectRequireContentName,
    baseRevisionRequireContentName,
    fleetRequireSupportedVersions,
    fleetLimitVersionSkew,
    fleetLimitCost,
    fleetRequirePromotionOrder,
    fleetRequireNames,
    fleetRequireLabelSets,
    fleetAdviseSupport,
    fleetListWaivers,
    eksClusterRequirePrivateEndpoint,
    eksClusterRequireSecretsEncryption,
    eksClusterRequireLogs,
    eksClusterRequireAccessEntries,
    eksClusterRequireDeletionProtection,
    eksClusterRequireSupportedVersion,
    eksClusterAdviseSupport,
    eksNodesRequireThreeZones,
    nodeGroupRequireOnDemandAndRepair,
    launchTemplateRequireImdsV2,
    launchTemplateRequireEncryptedVolumes,
    iamPolicyDisallowWildcards,
    kmsKeyRequireRotation,
    logGroupRequireRetentionAndKms,
    clusterApiRequireOneOwner,
    managementRequireCompatibleSet,
    managementAdviseCompatibleSet,
  ],
});
