import type { ResourceValidationPolicy } from "@pulumi/policy";
import { PLAIN } from "../../fleet/families";
import { CLASS } from "../../fleet/labels";
import { isCluster, type RegisteredObject, validateObjects } from "../registered-object";
import { shown, UNKNOWN } from "../values";

interface ClassConfig {
  readonly allowPlain?: boolean;
}

/**
 * Every `Cluster` is made from a ClusterClass, or is declared as a plain one.
 *
 * Why: versions, sizes and base configuration of the fleet move through `spec.topology`. A cluster without a class
 * has no such place, and Cluster API refuses to give it one later: it would have to be built anew. So a cluster is
 * without a class only where it was declared so: labelled `cluster-fleet.io/class: plain`, with an infrastructure
 * object of its own. `allowPlain: false` refuses those too.
 *
 * Source: Cluster API's webhook for `Cluster` (a class cannot be set on a cluster that was made without one).
 *
 * Remedy: name a class in `spec.topology.classRef.name` (in v1beta1: `spec.topology.class`).
 */
export const clusterRequireClass: ResourceValidationPolicy = {
  name: "cluster-require-class",
  description: "Every Cluster is made from a ClusterClass, or is declared as a plain one.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Name a ClusterClass of the cluster's namespace in spec.topology.classRef.name.",
  configSchema: {
    properties: {
      allowPlain: {
        type: "boolean",
        default: true,
        description: `Whether a cluster labelled ${CLASS}: ${PLAIN} may be without a class.`,
      },
    },
  },
  validateResource: validateObjects(isCluster, (cluster, report, args) => {
    const path =
      cluster.version === "v1beta1" ? ["spec", "topology", "class"] : ["spec", "topology", "classRef", "name"];
    const name = cluster.read(...path);
    if (name === UNKNOWN || (typeof name === "string" && name !== "")) {
      return;
    }
    const { allowPlain = true } = args.getConfig<ClassConfig>();
    if (!allowPlain || !isPlain(cluster)) {
      report(
        `${path.join(".")}: ${cluster.title} is not made from a ClusterClass (got ${shown(name)}). ` +
          "Name the class that it is to be made from.",
      );
    }
  }),
};

/** Declared without a class on purpose; what only the update will know gets the benefit of the doubt. */
function isPlain(cluster: RegisteredObject): boolean {
  const family = cluster.read("metadata", "labels", CLASS);
  return (
    (family === UNKNOWN || family === PLAIN) &&
    cluster.states("spec", "infrastructureRef") !== false &&
    cluster.states("spec", "topology") !== true
  );
}
