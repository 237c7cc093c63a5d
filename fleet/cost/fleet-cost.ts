import { type FleetConfig } from "../config/config";
import { isOnAws } from "../families";
import { byName } from "../sorted";
import { type Calendar, calendar } from "../versions";
import { counted } from "../words";
import { clusterCost, type ClusterCost, type Range, total } from "./cluster-cost";
import { type CostedCluster, costedByConfig } from "./costed-cluster";
import { usdText } from "./money";
import { PRICES_DATED } from "./prices";

/** What an environment's clusters cost in a month at list price. */
export interface FleetCost {
  /** Sorted by name. */
  readonly clusters: readonly ClusterCost[];
  readonly usd: Range;
  /** What `usd` lacks, as `cluster: what, where`. */
  readonly unknown: readonly string[];
}

export function fleetCost(clusters: readonly CostedCluster[], calendar: Calendar, today: Date): FleetCost {
  const costs = clusters.map((cluster) => clusterCost(cluster, calendar, today)).sort(byName);
  return {
    clusters: costs,
    usd: total(costs.map(({ usd }) => usd)),
    unknown: costs.flatMap(({ name, region, unknown }) => unknown.map((of) => `${name}: ${of} in ${region}`)),
  };
}

/** The clusters that a stack's configuration declares and does not decommission. */
export function declaredCosts({ clusters, network, decommission }: FleetConfig): CostedCluster[] {
  return Object.entries(clusters)
    .filter(([name]) => !decommission.includes(name))
    .map(([name, cluster]) => costedByConfig(name, cluster, network.reach.kind));
}

/**
 * The line of a preview that says what the environment will cost.
 * @param today Support of EKS is priced as of this day.
 * @returns Undefined for an environment without clusters on AWS.
 */
export function costNote(config: FleetConfig, today: Date): string | undefined {
  const onAws = declaredCosts(config).filter(({ family }) => isOnAws(family));
  if (onAws.length === 0) return undefined;
  const { usd, unknown } = fleetCost(onAws, calendar(config.versions), today);
  const { monthlyLimit } = config.cost;
  return (
    `Cost of ${config.environment}: ${unknown.length > 0 ? "at least " : ""}${usdText(usd)} USD a month at list price ` +
    `(${PRICES_DATED}), ${counted(onAws.length, "cluster")} on AWS` +
    `${monthlyLimit === undefined ? "" : `, limit ${usdText(monthlyLimit)}`}. Parts and change: npm run fleet -- cost.`
  );
}
