import { CLASS, REGION } from "../labels";
import { type DeclaredWorkers, type Observed, type ObservedCluster, type ObservedNodeGroup } from "../observed";
import { isOurs } from "../ownership";
import { declaredAs } from "../topology/node-groups";
import { type Calendar } from "../versions";
import { type ClusterCost, NOTHING, type Range, total } from "./cluster-cost";
import {
  type CostedCluster,
  costedByTopology,
  type NodeGroupFacts,
  type Reach,
  type WorkerFacts,
} from "./costed-cluster";
import { fleetCost } from "./fleet-cost";

/** What declaring a cluster changes in what it costs. */
export interface CostChange {
  readonly name: string;
  /** As it lives; absent for one that does not live yet. */
  readonly before?: ClusterCost;
  /** As it is declared; absent for one that goes. */
  readonly after?: ClusterCost;
  /** Absent where it cannot be told: a price is missing on one side that the other side needs too. */
  readonly usd?: Range;
}

/** The environment's clusters as they live, those that others made left aside. */
export function liveCosts({ clusters }: Observed, environment: string, reach: Reach): CostedCluster[] {
  return clusters.filter((alive) => isOurs(alive, environment)).map((alive) => liveCost(alive, reach));
}

/** What a run changes, cluster by cluster, sorted by name. */
export function costChanges(
  declared: readonly CostedCluster[],
  live: readonly CostedCluster[],
  calendar: Calendar,
  today: Date,
): CostChange[] {
  const byName = (clusters: readonly CostedCluster[]) =>
    new Map(fleetCost(clusters, calendar, today).clusters.map((each) => [each.name, each]));
  const [before, after] = [byName(live), byName(declared)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((name) => change(name, before.get(name), after.get(name)));
}

/** Of all clusters; undefined where that of one cannot be told. */
export function totalChange(changes: readonly CostChange[]): Range | undefined {
  const known = changes.flatMap(({ usd }) => usd ?? []);
  return known.length === changes.length ? total(known) : undefined;
}

function change(name: string, before: ClusterCost | undefined, after: ClusterCost | undefined): CostChange {
  const sides = { name, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  // What is unknown on both sides in the same way does not change.
  if (JSON.stringify(before?.unknown ?? []) !== JSON.stringify(after?.unknown ?? [])) return sides;
  const [from, to] = [before?.usd ?? NOTHING, after?.usd ?? NOTHING];
  return { ...sides, usd: { least: to.least - from.least, most: to.most - from.most } };
}

function liveCost({ name, labels, version, declared, nodeGroups = [] }: ObservedCluster, reach: Reach): CostedCluster {
  const { controlPlaneReplicas, variables, workers } = declared;
  return costedByTopology(
    {
      name,
      region: labels[REGION] ?? "",
      family: labels[CLASS] ?? "",
      version,
      controlPlaneReplicas,
      variables,
      workers: workers.map(liveWorkers),
      nodeGroups: nodeGroups.map(liveNodeGroup),
    },
    reach,
  );
}

/** On AWS a machine deployment is called after its pool and the letter of its zone. */
function liveWorkers({ failureDomain, ...rest }: DeclaredWorkers): WorkerFacts {
  const ending = `-${failureDomain?.slice(-1)}`;
  return rest.name.endsWith(ending) ? { ...rest, pool: rest.name.slice(0, -ending.length) } : rest;
}

/** Its objects are written from what its annotation says; of one without it only the number of machines is known. */
function liveNodeGroup(group: ObservedNodeGroup): NodeGroupFacts {
  const [declared] = declaredAs(group);
  return declared ?? { pool: group.pool, replicas: group.replicas };
}
