import { claims } from "../../fleet/config/checks/network-claims";
import { type NetworkDraft } from "../../fleet/config/checks/network";
import { proposedSlots, slotsOf } from "../../fleet/config/checks/network-slots";
import { judge } from "../../fleet/config/parse";
import { type Problem } from "../../fleet/config/problems";
import { isOnAws } from "../../fleet/families";
import { rangesOf, slotCount, subnetsOf } from "../../fleet/network/address-plan";
import { freeAddresses, type NamedRange, range } from "../../fleet/network/ranges";
import { freeSlots } from "../../fleet/network/slots";
import { type StackConfig } from "../stack-context";
import { sortedEntries } from "../../fleet/sorted";

/** The addresses of a stack, as far as its configuration is right. */
export interface NetworkOverview {
  /** Clusters on AWS, sorted by name. */
  readonly clusters: readonly ClusterAddresses[];
  /** Sorted by region. */
  readonly pools: readonly PoolUse[];
  /** Who else has addresses: reserved ranges, the management cluster where the configuration says which. */
  readonly others: readonly NamedRange[];
  /** Clusters without a slot and the one that each is to get. */
  readonly proposed: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

/** What is not known is absent. */
export interface ClusterAddresses {
  readonly cluster: string;
  readonly region?: string;
  readonly slot?: number;
  readonly vpc?: string;
  /** Of aws-kubeadm. */
  readonly pods?: string;
  readonly services?: string;
  readonly subnets: readonly SubnetUse[];
}

export interface SubnetUse {
  readonly zone: string;
  readonly use: "nodes" | "public";
  readonly range: string;
  /** Addresses that AWS gives away in it while nobody has any. */
  readonly addresses: number;
}

export interface PoolUse {
  readonly region: string;
  readonly range: string;
  readonly clusterSize: number;
  readonly slots: number;
  readonly free: readonly number[];
}

/** Looks at a stack's addresses in spite of mistakes; missing slots are one. */
export function networkOverview({ raw, secretKeys }: StackConfig): NetworkOverview {
  const { network, problems } = judge(raw, secretKeys);
  if (network === undefined) {
    return { clusters: [], pools: [], others: [], proposed: new Map(), problems };
  }
  const all = claims(network.network, network.clusters, network.management);
  return {
    clusters: clusterAddresses(network),
    pools: poolUse(network),
    others: all
      .filter(({ authority }) => authority === "others" || authority === "management")
      .map(({ name, range }) => ({ name, range })),
    proposed: proposedSlots(network),
    problems,
  };
}

function clusterAddresses({ network, clusters }: NetworkDraft): ClusterAddresses[] {
  return clusters
    .filter(({ values }) => isOnAws(values.class ?? ""))
    .map(({ name, values }) => {
      const { vpc, pods, services } = rangesOf(network, values);
      const known = {
        region: values.region,
        slot: values.network?.slot,
        vpc,
        pods: values.class === "aws-eks" ? undefined : pods,
        services,
      };
      return {
        cluster: name,
        ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
        subnets: (subnetsOf(vpc, values) ?? []).flatMap(({ zone, ...ranges }) =>
          (["nodes", "public"] as const).map((use) => ({
            zone,
            use,
            range: ranges[use],
            addresses: freeAddresses(range(ranges[use])),
          })),
        ),
      };
    });
}

function poolUse({ network, clusters, management }: NetworkDraft): PoolUse[] {
  const ranges = claims(network, clusters, management)
    .filter(({ authority }) => authority !== "pool" && authority !== "slot")
    .map(({ parsed }) => parsed);
  return sortedEntries(network.pools).map(([region, pool]) => ({
    region,
    range: pool.range,
    clusterSize: pool.clusterSize,
    slots: slotCount(pool),
    free: [...freeSlots(pool, { slots: slotsOf(clusters, region), ranges })],
  }));
}
