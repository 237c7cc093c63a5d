import { isOnAws } from "../families";
import { type PlannedCluster } from "../planned";

const MINUTE = 60_000;

/**
 * How long it takes to replace one machine, with its drain. Estimates: what Cluster API needs between the creation of a
 * machine on EC2 and its node, and some minutes for the pods. A stage's `stepDuration` says it better.
 */
const CONTROL_PLANE_MACHINE = 8 * MINUTE;
const WORKER = 5 * MINUTE;
/** EKS replaces its control plane in about ten minutes; AWS promises no figure. */
const EKS_CONTROL_PLANE = 15 * MINUTE;
const IN_MEMORY = MINUTE;

/**
 * For so long EKS takes a control plane back to the minor before.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const EKS_ROLLBACK = "7d";

/** How long of a step its control plane takes, where managed node groups follow, milliseconds. */
export function controlPlaneMs(stepMs: number): number {
  return Math.min(EKS_CONTROL_PLANE, Math.floor(stepMs / 2));
}

/** How long of a step its managed node groups take, milliseconds. */
export function nodesMs(stepMs: number): number {
  return stepMs - controlPlaneMs(stepMs);
}

/** How long a step of a cluster takes, milliseconds: the control plane first, then worker after worker. */
export function estimatedStepMs({
  family,
  controlPlaneReplicas = 0,
  workers,
  nodeGroups = [],
}: PlannedCluster): number {
  if (!isOnAws(family)) return IN_MEMORY;
  const machines = [...workers, ...nodeGroups].reduce((sum, { replicas, max = 0 }) => sum + (replicas ?? max), 0);
  const controlPlane = family === "aws-eks" ? EKS_CONTROL_PLANE : controlPlaneReplicas * CONTROL_PLANE_MACHINE;
  return controlPlane + machines * WORKER;
}
