import { z } from "zod";
import type { Json } from "../fleet/content-hash";
import { type CostedCluster, costedByTopology, type Reach, type Variables } from "../fleet/cost/costed-cluster";
import { isVersion } from "./fleet-versions";
import type { FleetCluster, RegisteredFleet } from "./registered-fleet";

const variables = z.array(z.object({ name: z.string(), value: z.json() })).optional();
const facts = z.object({
  region: z.string(),
  family: z.string(),
  version: z.string().optional(),
  controlPlaneReplicas: z.number().optional(),
  apiAccess: z.string().optional(),
  variables,
  workers: z.array(
    z.object({
      name: z.string(),
      pool: z.string().optional(),
      class: z.string().optional(),
      replicas: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      variables,
    }),
  ),
  nodeGroups: z
    .array(
      z.object({
        pool: z.string(),
        replicas: z.number().optional(),
        min: z.number().optional(),
        max: z.number().optional(),
        machines: z.json(),
      }),
    )
    .optional(),
});

/** What of a fleet costs money, as far as its facts tell. */
interface RegisteredCosts {
  /** Those that stay: one that is being decommissioned will cost nothing. */
  readonly clusters: readonly CostedCluster[];
  /** A cluster is left out, because its facts are known only after the update or have another shape. */
  readonly incomplete: boolean;
}

export function registeredCosts(fleet: RegisteredFleet): RegisteredCosts {
  const staying = fleet.clusters.filter((cluster) => cluster.read("decommission") !== true);
  const reach = fleet.read("reach");
  const clusters = staying.flatMap((cluster) => costed(cluster, reach) ?? []);
  return { clusters, incomplete: clusters.length < staying.length };
}

function costed(cluster: FleetCluster, reach: unknown): CostedCluster | undefined {
  // A value that only the update will know is of no shape that is asked for.
  const { data } = facts.safeParse(Object.fromEntries(Object.keys(facts.shape).map((key) => [key, cluster.read(key)])));
  if (data === undefined) {
    return undefined;
  }
  const { version, workers, apiAccess, ...rest } = data;
  const way: Reach = reach === "transit-gateway" ? reach : apiAccess === "private" ? "peering" : "public-restricted";
  return costedByTopology(
    {
      ...rest,
      name: cluster.name,
      version: isVersion(version) ? version : undefined,
      variables: byName(rest.variables),
      workers: workers.map((each) => ({ ...each, variables: byName(each.variables) })),
    },
    way,
  );
}

function byName(list: readonly { readonly name: string; readonly value: unknown }[] | undefined): Variables {
  return Object.fromEntries((list ?? []).map(({ name, value }) => [name, value as Json]));
}
