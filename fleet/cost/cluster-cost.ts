import { isOnAws, PLAIN } from "../families";
import { type Calendar, supportOf } from "../versions";
import { type CostedCluster, type Machines } from "./costed-cluster";
import { addressPrice, eksPrice, type Fixture, fixturePrice, machinePrice, type Price, volumePrice } from "./prices";

/** What is paid for, in the order of tables. */
export const COST_KINDS = ["control plane", "workers", "disks", "network"] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** USD a month: with as few machines as the autoscaler may leave, and with as many as it may make. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** One thing that is paid for. */
export interface CostPart {
  readonly kind: CostKind;
  /** Such as `5 x m7i.large`. */
  readonly of: string;
  /** Absent where no price or no count is known. */
  readonly usd?: Range;
  readonly estimate: boolean;
}

/** What a cluster costs in a month at list price. */
export interface ClusterCost {
  readonly name: string;
  readonly region: string;
  readonly parts: readonly CostPart[];
  /** Of the parts whose price is known. */
  readonly usd: Range;
  /** The parts that `usd` lacks: where there are any, it says "at least". */
  readonly unknown: readonly string[];
}

export const NOTHING: Range = { least: 0, most: 0 };

/** A VPC of ours spans three zones, each with its own way out; a load balancer that the internet reaches is in each. */
const ZONES = 3;

/**
 * The monthly list price of a cluster with its parts: control plane, workers, their disks, and its network. Without
 * traffic, logs, keys, snapshots, and what its own pods order.
 * @param calendar Whether EKS sells extended support for its version.
 * @param today The day for which that is asked.
 */
export function clusterCost(cluster: CostedCluster, calendar: Calendar, today: Date): ClusterCost {
  const { name, region } = cluster;
  const parts = partsOf(cluster, calendar, today);
  return {
    name,
    region,
    parts,
    usd: total(parts.flatMap(({ usd }) => usd ?? [])),
    unknown: parts.filter(({ usd }) => usd === undefined).map(({ of }) => of),
  };
}

export function total(ranges: readonly Range[]): Range {
  return ranges.reduce((sum, { least, most }) => ({ least: sum.least + least, most: sum.most + most }), NOTHING);
}

function partsOf(cluster: CostedCluster, calendar: Calendar, today: Date): CostPart[] {
  const { family, region, controlPlane, pools } = cluster;
  if (!isOnAws(family)) {
    return family === PLAIN ? [{ kind: "workers", of: "machines of a plain cluster", estimate: false }] : [];
  }
  return [
    ...(controlPlane === undefined
      ? [eksControlPlane(cluster, calendar, today)]
      : [machines("control plane", region, controlPlane), disks(region, controlPlane)]),
    ...pools.flatMap((pool) => [machines("workers", region, pool), disks(region, pool)]),
    ...networkParts(cluster),
  ];
}

/** Once extended support has ended, EKS moves the cluster to a minor that is in it. */
function eksControlPlane({ version }: CostedCluster, calendar: Calendar, today: Date): CostPart {
  if (version === undefined) {
    return { kind: "control plane", of: "EKS of a version that is not known", estimate: false };
  }
  const { minor, status } = supportOf(calendar, "eks", version, today);
  const support = status === "extended" || status === "ended" ? "extended" : "standard";
  return priced("control plane", `EKS ${minor} in ${support} support`, 1, 1, eksPrice(support));
}

function machines(kind: CostKind, region: string, { least, most, instanceType, spot }: Machines): CostPart {
  const type = instanceType ?? "machines of a type that is not known";
  const of = `${counted(least, most)} x ${type}${spot ? " on spot" : ""}`;
  return priced(kind, of, least, most, machinePrice(region, instanceType ?? "", spot));
}

function disks(region: string, { least, most, volumeGiB }: Machines): CostPart {
  const gib = (count: number | undefined) =>
    volumeGiB === undefined || count === undefined ? undefined : count * volumeGiB;
  const of = `${counted(least, most)} x ${volumeGiB ?? "?"} GiB gp3`;
  return priced("disks", of, gib(least), gib(most), volumePrice(region));
}

function networkParts({ region, controlPlane, apiAccess, attached }: CostedCluster): CostPart[] {
  const balanced = controlPlane !== undefined;
  const addresses = ZONES + (balanced && apiAccess === "public" ? ZONES : 0);
  const fixture = (of: string, count: number, kind: Fixture) =>
    priced("network", of, count, count, fixturePrice(region, kind));
  return [
    fixture(`${ZONES} x NAT gateway`, ZONES, "natGateways"),
    ...(balanced ? [fixture("1 x network load balancer", 1, "loadBalancers")] : []),
    ...(attached ? [fixture("1 x transit gateway attachment", 1, "transitGatewayAttachments")] : []),
    priced("network", `${addresses} x public IPv4 address`, addresses, addresses, addressPrice()),
  ];
}

/** @param least Of what the price is for one; undefined where nobody says how many there are. */
function priced(
  kind: CostKind,
  of: string,
  least: number | undefined,
  most: number | undefined,
  price: Price | undefined,
): CostPart {
  const estimate = price?.estimate ?? false;
  // Nothing costs nothing, whatever its price.
  if (least === 0 && most === 0) return { kind, of, usd: NOTHING, estimate: false };
  return price === undefined || least === undefined || most === undefined
    ? { kind, of, estimate }
    : { kind, of, usd: { least: least * price.usd, most: most * price.usd }, estimate };
}

function counted(least: number | undefined, most: number | undefined): string {
  if (least === undefined || most === undefined) return "?";
  return least === most ? String(least) : `${least}-${most}`;
}
