import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isCluster, shown, UNKNOWN, validateObjects } from "../registered-object";

/**
 * Every `Cluster` is made from a ClusterClass.
 *
 * Why: versions, sizes and base configuration of the fleet move through `spec.topology`. A cluster without a class
 * has no such place, and Cluster API refuses to give it one later: it would have to be built anew.
 *
 * Source: Cluster API's webhook for `Cluster` (a class cannot be set on a cluster that was made without one).
 *
 * Remedy: name a class in `spec.topology.classRef.name` (in v1beta1: `spec.topology.class`).
 */
export const clusterRequireClass: ResourceValidationPolicy = {
  name: "cluster-require-class",
  description: "Every Cluster is made from a ClusterClass.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Name a ClusterClass of the cluster's namespace in spec.topology.classRef.name.",
  validateResource: validateObjects(isCluster, (cluster, report) => {
    const path =
      cluster.version === "v1beta1" ? ["spec", "topology", "class"] : ["spec", "topology", "classRef", "name"];
    const name = cluster.read(...path);
    if (name !== UNKNOWN && (typeof name !== "string" || name === "")) {
      report(
        `${path.join(".")}: ${cluster.title} is not made from a ClusterClass (got ${shown(name)}). ` +
          "Name the class that it is to be made from.",
      );
    }
  }),
};
