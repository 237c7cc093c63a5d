import * as pulumi from "@pulumi/pulumi";

import { liveBase } from "../fleet/rollout/held";
import { type Observed } from "../fleet/observed";
import { type FleetPlan } from "../fleet/planned";
import { forgetLeftBases } from "../live/applied-record";
import { connect, type KubeconfigSource } from "../live/management-client";

/**
 * Before clusters move to another base revision: Cluster API keeps no revision up to date that its record says a cluster was
 * given, so one that a cluster has left, and may come back to, is struck out. An update alone does it.
 */
export async function forgetLeftRevisions(
  { clusters, namespace }: FleetPlan,
  observed: Observed,
  source: KubeconfigSource | undefined,
): Promise<void> {
  const live = new Map(
    observed.clusters
      .filter((each) => each.namespace === namespace)
      .map((each) => [each.name, liveBase(each)?.revision]),
  );
  const moves = clusters.some(({ name, base }) => live.get(name) !== undefined && live.get(name) !== base?.revision);
  if (moves && source !== undefined && !pulumi.runtime.isDryRun())
    await forgetLeftBases(await connect(source), namespace);
}
