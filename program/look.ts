import { type FleetConfig } from "../fleet/config/config";
import { type Observed } from "../fleet/observed";
import { ManagementClusterError } from "../live/management-client";
import { observeFleet } from "../live/observe-fleet";
import { type EarlierOutputs } from "./earlier-outputs";
import { type FoundManagement } from "./management";

const NOTHING: Observed = { clusters: [], classes: [] };

/**
 * What lives of the stack's environment. A stack that builds its management cluster, declares no cluster and never did is
 * not looked at, so that it can repair the management cluster while that does not answer.
 * @throws ManagementClusterError
 */
export async function look(
  config: FleetConfig,
  { source, unfinished }: FoundManagement,
  earlier: EarlierOutputs,
): Promise<Observed> {
  if (source === undefined || !(declaresFleet(config) || (await listed(earlier)))) {
    return NOTHING;
  }
  try {
    return await observeFleet(config, source);
  } catch (error) {
    // The run that installs Cluster API was interrupted before it had come that far: this one goes on.
    if (unfinished && error instanceof ManagementClusterError) return NOTHING;
    throw error;
  }
}

/** Whether a stack has clusters of its own, and not the management cluster alone. */
export function declaresFleet({
  management,
  clusters,
  decommission,
}: Pick<FleetConfig, "management" | "clusters" | "decommission">): boolean {
  return management.kind !== "eks" || Object.keys(clusters).length + decommission.length > 0;
}

/** Whether the last run listed clusters. */
async function listed(earlier: EarlierOutputs): Promise<boolean> {
  const clusters = await earlier("clusters");
  return Array.isArray(clusters) && clusters.length > 0;
}
