import { PolicyPack } from "@pulumi/policy";
import { classObjectRequireContentName } from "./rules/class-object-require-content-name";
import { clusterRequireBackgroundDeletion } from "./rules/cluster-require-background-deletion";
import { clusterRequireClass } from "./rules/cluster-require-class";
import { clusterRequireLabels } from "./rules/cluster-require-labels";
import { controlPlaneRequireQuorum } from "./rules/control-plane-require-quorum";

// Serves the pack from here on; the only place that constructs it, so that tests may import the rules.
new PolicyPack("cluster-fleet", {
  displayName: "cluster-fleet",
  description: "Rules of the fleet, checked on every Kubernetes object before anything is touched.",
  policies: [
    clusterRequireClass,
    clusterRequireLabels,
    clusterRequireBackgroundDeletion,
    controlPlaneRequireQuorum,
    classObjectRequireContentName,
  ],
});
