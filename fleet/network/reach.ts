import { z } from "zod";

import { type FleetConfig } from "../config/config";
import { type ReachConfig } from "../config/schema/network-reach";
import { isOnAws } from "../families";
import { type ApiAccess } from "../topology/api-access";
import { addressPlan, poolOf } from "./address-plan";
import { type ObservedNetwork } from "./observed-network";
import { contains, range } from "./ranges";
import { sortedEntries } from "../sorted";

/** How the management cluster gets to the private API servers of a stack's clusters, and their machines to it. */
export interface ReachPlan {
  readonly kind: PrivateReach["kind"];
  /** Networks whose ways are made in this run; sorted by cluster. */
  readonly links: Link[];
  /** Ranges that the management network sends to its transit gateway; sorted, and none of them inside another one. */
  readonly destinations: string[];
  /** Networks behind the gateway that may call API servers too; sorted. */
  readonly callers: string[];
  /** Transit gateways, sorted by region. */
  readonly gateways: Gateway[];
  /** Roles that this stack takes in other accounts, sorted by account. */
  readonly roles: { accountId: string; roleArn: string }[];
  /** Private Route 53 zone that the networks get to see. */
  readonly rancherZoneId?: string;
  /** What a person should know, in order of cluster name. */
  readonly notes: string[];
}

export type PrivateReach = Exclude<ReachConfig, { kind: "public-restricted" }>;

export interface Gateway {
  readonly region: string;
  readonly id: string;
  readonly routeTableId?: string;
  /** Absent where it is the management cluster's own account. */
  readonly accountId?: string;
}

/** The stack output `reach`: the networks that ways lead to, for the next run; sorted by cluster. */
export const links = z.array(
  z.object({
    cluster: z.string(),
    region: z.string(),
    /** Absent where it is the management cluster's own. */
    accountId: z.string().optional(),
    vpcId: z.string(),
    range: z.string(),
    /** Of the private subnets, each once: routes to the management network go there. */
    routeTableIds: z.array(z.string()),
    /** A private subnet in each zone. */
    subnetIds: z.array(z.string()),
  }),
);

/** A cluster's network as its way needs it. */
export type Link = z.output<typeof links>[number];

/** A cluster that this run declares; a `PlannedCluster` is one. */
export interface ReachedCluster {
  readonly name: string;
  readonly family: string;
  readonly region: string;
  readonly account?: string;
}

/** The API servers of clusters on AWS have public addresses, or private ones alone. */
export function apiAccess({ kind }: ReachConfig): ApiAccess {
  return kind === "public-restricted" ? "public" : "private";
}

/**
 * Who may call the API servers, in CIDR notation, each once: the management cluster and whom the configuration names.
 * The class of a cluster writes it into its security groups: CAPA revokes every rule there that it does not know.
 *
 * @param management Its NAT addresses as ranges where API servers are public, else its network.
 */
export function apiCallers(reach: ReachConfig, management: readonly string[]): string[] {
  return [...new Set([...management, ...(reach.kind === "peering" ? [] : reach.from)])].sort();
}

/** What lives of the networks of clusters. */
export interface LivingNetworks {
  readonly networks: readonly ObservedNetwork[];
  /** To which networks the last run has made ways, of clusters that live. */
  readonly made: readonly Link[];
}

/**
 * Decides which ways this run makes. A network is made by Cluster API and not by the engine, so its way comes in the
 * first run that finds it. A way that is there stays while Cluster API does not tell the whole network, as when its AWS
 * provider is installed anew: without it nobody would reach the cluster.
 * @returns Undefined where API servers are public.
 * @param managementAccount Of the management cluster; absent where nobody knows it.
 */
export function reachPlan(
  { network, clusters: configured }: Pick<FleetConfig, "network" | "clusters">,
  clusters: readonly ReachedCluster[],
  { networks, made }: LivingNetworks,
  managementAccount?: string,
): ReachPlan | undefined {
  const { reach } = network;
  const reached = clusters.filter(({ family }) => isOnAws(family));
  if (reach.kind === "public-restricted") {
    return undefined;
  }
  const found = reached.map((cluster) => {
    const live = networks.find((each) => each.cluster === cluster.name);
    const whole = live && link(cluster, live, managementAccount);
    return { name: cluster.name, whole, link: whole ?? made.find((each) => each.cluster === cluster.name) };
  });
  return {
    kind: reach.kind,
    links: found.flatMap(({ link }) => link ?? []),
    ...(reach.kind === "transit-gateway"
      ? {
          destinations: destinations({ network, clusters: configured }, reached),
          callers: [...reach.from].sort(),
          gateways: gateways(reach.gateways, managementAccount),
        }
      : { destinations: [], callers: [], gateways: [] }),
    roles: Object.entries(reach.accounts)
      .filter(([accountId]) => accountId !== managementAccount)
      .map(([accountId, roleArn]) => ({ accountId, roleArn }))
      .sort((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    ...(reach.rancherZone === undefined ? {} : { rancherZoneId: reach.rancherZone }),
    notes: found
      .filter(({ whole }) => whole === undefined)
      .map(({ name, link }) =>
        link === undefined
          ? `${name}: its network is not there yet, so nothing leads to its private API server. ` +
            "Run pulumi up again in some minutes; that run connects it."
          : `${name}: Cluster API does not tell all of its network (${link.vpcId}), so what leads there stays as it is. ` +
            "See whether its AWS provider runs, then run pulumi up again.",
      ),
  };
}

/** Nothing while a part of the network is missing: half a way would be made, and look like a whole one. */
function link(
  { name, region, account }: ReachedCluster,
  { vpcId, range, subnets }: ObservedNetwork,
  managementAccount: string | undefined,
): Link | undefined {
  const made = subnets.flatMap(({ zone, id, routeTableId }) =>
    id === undefined || routeTableId === undefined ? [] : [{ zone, id, routeTableId }],
  );
  if (vpcId === undefined || range === undefined || made.length === 0 || made.length < subnets.length) {
    return undefined;
  }
  const zones = made.map(({ zone }) => zone);
  return {
    cluster: name,
    region,
    ...(account === undefined || account === managementAccount ? {} : { accountId: account }),
    vpcId,
    range,
    routeTableIds: [...new Set(made.map(({ routeTableId }) => routeTableId))],
    subnetIds: made.filter(({ zone }, index) => zones.indexOf(zone) === index).map(({ id }) => id),
  };
}

function gateways(
  byRegion: Extract<ReachConfig, { kind: "transit-gateway" }>["gateways"],
  managementAccount: string | undefined,
): Gateway[] {
  return sortedEntries(byRegion).map(([region, { id, routeTable, account }]) => ({
    region,
    id,
    ...(routeTable === undefined ? {} : { routeTableId: routeTable }),
    ...(account === undefined || account === managementAccount ? {} : { accountId: account }),
  }));
}

/** One route for a whole pool, however many clusters it has: AWS limits the routes of a table. */
function destinations(config: Pick<FleetConfig, "network" | "clusters">, reached: readonly ReachedCluster[]): string[] {
  const plan = addressPlan(config.network, config.clusters);
  const pools = reached.flatMap(({ region }) => poolOf(config.network, region)?.range ?? []);
  const networks = reached.flatMap(({ name }) => plan.get(name)?.vpc ?? []);
  const wanted = [...new Set([...pools, ...networks])];
  return wanted.filter((each) => !wanted.some((other) => other !== each && contains(range(other), range(each)))).sort();
}
