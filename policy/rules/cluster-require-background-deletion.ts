import type { ResourceValidationPolicy } from "@pulumi/policy";
import { DELETION_PROPAGATION } from "../../fleet/labels";
import { isCluster, validateObjects } from "../registered-object";
import { shown, UNKNOWN } from "../values";

/**
 * Every `Cluster` is deleted with background propagation.
 *
 * Why: the Pulumi Kubernetes provider deletes with foreground propagation unless told otherwise. The garbage collector
 * then deletes control plane, workers and infrastructure at the same time, they wait for each other, and the deletion
 * never ends. In the background, Cluster API takes a cluster down in its own order. The annotation must be there
 * before the deletion: the provider reads it from the state.
 *
 * Source: measured with Cluster API 1.13 and a running garbage collector (foreground: no end; background: clean).
 *
 * Remedy: annotate the object with `pulumi.com/deletionPropagationPolicy: background`.
 */
export const clusterRequireBackgroundDeletion: ResourceValidationPolicy = {
  name: "cluster-require-background-deletion",
  description: "Every Cluster is deleted with background propagation.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Annotate the Cluster with ${DELETION_PROPAGATION}: background, and run an update before it is deleted.`,
  validateResource: validateObjects(isCluster, (cluster, report) => {
    const propagation = cluster.read("metadata", "annotations", DELETION_PROPAGATION);
    if (propagation !== UNKNOWN && propagation !== "background") {
      report(
        `metadata.annotations[${DELETION_PROPAGATION}]: the deletion of ${cluster.title} would hang or leave machines ` +
          `behind (got ${shown(propagation)}). Set it to "background".`,
      );
    }
  }),
};
