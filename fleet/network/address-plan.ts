import { type ClusterConfig } from "../config/config";
import { type AddressPool, type NetworkConfig } from "../config/schema/network";
import { type ClusterValues } from "../config/schema/cluster";
import { isOnAws } from "../families";
import { cidr, parseRange, part, partCount, type Range } from "./ranges";
import { subnetPlan, VPC_PREFIXES, type ZoneSubnets } from "./subnets";
import { usualZones } from "./zones";
import { sortedEntries } from "../sorted";

/** The ranges of a cluster on AWS, in CIDR notation. */
export interface ClusterRanges {
  vpc: string;
  /** Of aws-kubeadm; pods of aws-eks take addresses of the VPC, and the range of the slot stays free. */
  pods: string;
  services: string;
  /** In the order of the cluster's zones. */
  subnets: ZoneSubnets[];
}

/** The part of a cluster's values that its ranges follow from. */
export type RangeSource = Pick<ClusterValues, "class" | "region" | "network">;

/** Prefixes of a service range that EKS takes. Source: EKS API reference, `KubernetesNetworkConfigRequest`. */
export const SERVICE_PREFIXES = { min: 12, max: 24 } as const;

/**
 * The ranges of all clusters on AWS, by name, sorted. They follow from the configuration alone: the pool of the region,
 * the slot and what is written explicitly, which wins. So no cluster's ranges depend on another cluster.
 * @param clusters Checked: clusters whose ranges cannot be told are left out.
 */
export function addressPlan(
  network: NetworkConfig,
  clusters: Readonly<Record<string, ClusterConfig>>,
): ReadonlyMap<string, ClusterRanges> {
  return new Map(
    sortedEntries(clusters).flatMap(([name, cluster]) => {
      const ranges = clusterRanges(network, cluster);
      return ranges === undefined ? [] : [[name, ranges] as const];
    }),
  );
}

function clusterRanges(network: NetworkConfig, cluster: RangeSource): ClusterRanges | undefined {
  const { vpc, pods, services } = rangesOf(network, cluster);
  const subnets = subnetsOf(vpc, cluster);
  // A range that an EKS cluster without a slot does not have is needed by nobody.
  const ofPods = pods ?? (cluster.class === "aws-eks" ? vpc : undefined);
  return isOnAws(cluster.class ?? "") && vpc && ofPods && services && subnets
    ? { vpc, pods: ofPods, services, subnets }
    : undefined;
}

/** The subnets of a VPC in the zones of its cluster; undefined where the VPC is none, or the zones cannot be told. */
export function subnetsOf(vpc: string | undefined, cluster: RangeSource): ZoneSubnets[] | undefined {
  const zones = clusterZones(cluster);
  const { prefix } = parseRange(vpc ?? "") ?? { prefix: 0 };
  const fits = prefix >= VPC_PREFIXES.min && prefix <= VPC_PREFIXES.max;
  return vpc !== undefined && zones !== undefined && fits ? subnetPlan(vpc, zones) : undefined;
}

/** The zones that a cluster lies in: its own, or the usual ones of its region; undefined where nobody can tell. */
export function clusterZones({ region, network }: RangeSource): readonly string[] | undefined {
  return network?.zones ?? usualZones(region ?? "");
}

/** Of a cluster that may not be complete yet: each range as it is written, or by slot where the slot has a block. */
export function rangesOf(network: NetworkConfig, cluster: RangeSource): Partial<Omit<ClusterRanges, "subnets">> {
  const { vpc, pods, services, slot } = cluster.network ?? {};
  const pool = poolOf(network, cluster.region);
  const bySlot = pool && slot !== undefined ? divide(pool, slot) : undefined;
  return { vpc: vpc ?? bySlot?.vpc, pods: pods ?? bySlot?.pods, services: services ?? bySlot?.services };
}

export function poolOf({ pools }: NetworkConfig, region: string | undefined): AddressPool | undefined {
  return Object.entries(pools).find(([each]) => each === region)?.[1];
}

/** How many clusters a pool has room for: its slots are 0 to one less. */
export function slotCount({ range, clusterSize }: AddressPool): number {
  const whole = parseRange(range);
  return whole === undefined ? 0 : partCount(whole, clusterSize);
}

/** The block of a slot; undefined beyond the pool's end. */
export function blockOf(pool: AddressPool, slot: number): Range | undefined {
  const whole = parseRange(pool.range);
  return whole !== undefined && slot < slotCount(pool) ? part(whole, pool.clusterSize, slot) : undefined;
}

/** Half of a block is the VPC, the third quarter is for pods and the fourth for services; each no larger than AWS takes. */
function divide(pool: AddressPool, slot: number) {
  const block = blockOf(pool, slot);
  if (block === undefined) {
    return undefined;
  }
  const quarter = block.prefix + 2;
  const [third, fourth] = [part(block, quarter, 2), part(block, quarter, 3)];
  return {
    vpc: cidr({ first: block.first, prefix: Math.max(VPC_PREFIXES.min, block.prefix + 1) }),
    pods: cidr(third),
    services: cidr({ first: fourth.first, prefix: Math.max(SERVICE_PREFIXES.min, quarter) }),
  };
}
