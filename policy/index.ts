import { PolicyPack } from "@pulumi/policy";
import { classObjectRequireContentName } from "./rules/class-object-require-content-name";
import { clusterRequireBackgroundDeletion } from "./rules/cluster-require-background-deletion";
import { clusterRequireClass } from "./rules/cluster-require-class";
import { clusterRequireLabels } from "./rules/cluster-require-labels";
import { controlPlaneRequireQuorum } from "./rules/control-plane-require-quorum";
import { fleetAdviseSupport } from "./rules/fleet-advise-support";
import { fleetLimitVersionSkew } from "./rules/fleet-limit-version-skew";
import { fleetListWaivers } from "./rules/fleet-list-waivers";
import { fleetRequireLabelSets } from "./rules/fleet-require-label-sets";
import { fleetRequireNames } from "./rules/fleet-require-names";
import { fleetRequirePromotionOrder } from "./rules/fleet-require-promotion-order";
import { fleetRequireSupportedVersions } from "./rules/fleet-require-supported-versions";

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
    fleetRequireSupportedVersions,
    fleetLimitVersionSkew,
    fleetRequirePromotionOrder,
    fleetRequireNames,
    fleetRequireLabelSets,
    fleetAdviseSupport,
    fleetListWaivers,
  ],
});
