import { type Architecture, architectureOf } from "../aws/instance-types";
import { workerClassName } from "../classes/aws/worker-classes";
import { type WorkerPoolValues } from "../config/schema/cluster";
import { type PlannedWorkers } from "../planned";
import { type WorkerSettings } from "./worker-settings";

/**
 * The machine deployments of a pool on AWS, one for each zone: Cluster API spreads the machines of a control plane over
 * zones, but not those of a machine deployment. Machines that cannot be shared out evenly go to the first zones; a zone
 * that would never have one gets no machine deployment.
 * @param zones Of the cluster.
 */
export function machineDeployments(
  pool: string,
  values: WorkerPoolValues,
  zones: readonly string[],
  settings: (architecture: Architecture) => WorkerSettings,
): PlannedWorkers[] {
  const own = values.zones ?? zones;
  const architecture = architectureOf(values.instanceType ?? "");
  const variables = [{ name: "worker", value: settings(architecture) }];
  return own.flatMap((zone, index) => {
    const share = (total: number | undefined) => (total === undefined ? undefined : shareOf(total, own.length, index));
    const [replicas, min, max] = [values.replicas, values.min, values.max].map(share);
    if ((max ?? replicas) === 0) return [];
    return [
      {
        name: `${pool}-${zone.slice(-1)}`,
        pool,
        class: workerClassName(values.capacity ?? "on-demand", architecture),
        failureDomain: zone,
        ...(replicas === undefined ? {} : { replicas }),
        ...(min === undefined || max === undefined ? {} : { min, max }),
        variables,
      },
    ];
  });
}

/** A part's share of a whole that is to be shared out evenly. */
function shareOf(total: number, parts: number, index: number): number {
  return Math.floor(total / parts) + (index < total % parts ? 1 : 0);
}
