import type { ResourceValidationPolicy } from "@pulumi/policy";
import { MANAGED_BY, MANAGER, REQUIRED_CLUSTER_LABELS } from "../../fleet/labels";
import { isCluster, validateObjects } from "../registered-object";
import { shown, UNKNOWN } from "../values";

/**
 * Every `Cluster` carries the labels of the fleet, and says that cluster-fleet manages it.
 *
 * Why: rollout stages, add-ons, dashboards and costs select clusters by these labels: a cluster that lacks one is
 * left out in silence. An object whose manager is somebody else is taken for foreign, and the next run refuses it.
 *
 * Source: the fleet's public vocabulary, `fleet/labels.ts`.
 *
 * Remedy: set each label that the message names.
 */
export const clusterRequireLabels: ResourceValidationPolicy = {
  name: "cluster-require-labels",
  description: "Every Cluster carries the labels by which the fleet selects it.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: `Set ${REQUIRED_CLUSTER_LABELS.join(", ")} in metadata.labels; ${MANAGED_BY} is always ${MANAGER}.`,
  validateResource: validateObjects(isCluster, (cluster, report) => {
    const missing = REQUIRED_CLUSTER_LABELS.filter((label) => {
      const value = cluster.read("metadata", "labels", label);
      return value === undefined || value === "";
    });
    if (missing.length > 0) {
      report(
        `metadata.labels: ${cluster.title} lacks labels by which the fleet selects it ` +
          `(got no value for ${missing.join(", ")}). Set each of them.`,
      );
    }
    const manager = cluster.read("metadata", "labels", MANAGED_BY);
    if (manager !== UNKNOWN && manager !== MANAGER && !missing.includes(MANAGED_BY)) {
      report(
        `metadata.labels[${MANAGED_BY}]: ${cluster.title} is said to be managed by somebody else ` +
          `(got ${shown(manager)}). Set it to "${MANAGER}".`,
      );
    }
  }),
};
