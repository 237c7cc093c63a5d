import { AWS_REGIONS } from "../../aws-regions";
import { isOnAws } from "../../families";
import { poolOf, slotCount } from "../../network/address-plan";
import { cidr, overlap, part, type Range } from "../../network/ranges";
import { describePool, extended, freeSlots } from "../../network/slots";
import { listed } from "../../words";
import { type Problem } from "../problems";
import { type ClusterValues } from "../schema/cluster";
import { type AddressPool } from "../schema/network";
import { type ClusterDraft, clusterProblem } from "./draft";
import { type NetworkDraft } from "./network";
import { claims } from "./network-claims";

/** Clusters without a place in the address plan, or with one that they cannot have. */
export function slotProblems(draft: NetworkDraft): Problem[] {
  const propose = proposals(draft);
  const owners = new Map<string, string>();
  return [
    ...poolProblems(draft),
    ...draft.clusters.flatMap((cluster) => {
      const { region, class: family, network } = cluster.values;
      const pool = isOnAws(family ?? "") ? poolOf(draft.network, region) : undefined;
      if (needsSlot(cluster)) {
        return [missing(cluster, pool, propose(cluster))];
      }
      if (network?.slot === undefined) {
        return [];
      }
      if (pool !== undefined && isBeyond(network.slot, pool)) {
        return [beyond(cluster, pool, propose(cluster))];
      }
      const place = JSON.stringify([region, network.slot]);
      const owner = owners.get(place);
      owners.set(place, owner ?? cluster.name);
      return owner === undefined ? [] : [taken(cluster, owner, propose(cluster))];
    }),
  ];
}

/** The slot that each cluster without one is to get; clusters for which there is none are left out. */
export function proposedSlots(draft: NetworkDraft): ReadonlyMap<string, number> {
  const propose = proposals(draft);
  return new Map(
    draft.clusters.flatMap((cluster) => {
      const slot = needsSlot(cluster) && poolOf(draft.network, cluster.values.region) ? propose(cluster) : undefined;
      return slot === undefined ? [] : [[cluster.name, slot] as const];
    }),
  );
}

/** Whether a cluster's ranges cannot be told without a slot. */
function needsSlot({ values, isBroken }: ClusterDraft): boolean {
  return (
    isOnAws(values.class ?? "") &&
    values.network?.slot === undefined &&
    !isExplicit(values) &&
    !["slot", "vpc", "pods", "services"].some((key) => isBroken(["network", key]))
  );
}

/** Gives each that asks the next slot of its region which is free, and nobody the same. */
function proposals({ network, clusters, management }: NetworkDraft) {
  const regions = new Map<string, Iterator<number>>();
  // Where no pool is declared, only clusters on AWS know that slots will count from 0.
  const inRegion = (region: string, onAws: boolean): Iterator<number> => {
    const slots = slotsOf(clusters, region);
    const pool = poolOf(network, region);
    // Asked for once a region, and only where a cluster lacks something: most stacks never do.
    const ranges = claims(network, clusters, management)
      .filter(({ authority }) => authority !== "pool" && authority !== "slot")
      .map(({ parsed }) => parsed);
    return pool === undefined ? anySlot(slots, onAws ? 0 : 1) : freeSlots(pool, { slots, ranges });
  };
  return ({ values: { region = "", class: family } }: ClusterDraft): number | undefined => {
    const free = regions.get(region) ?? inRegion(region, isOnAws(family ?? ""));
    regions.set(region, free);
    const { value, done } = free.next();
    return done === true ? undefined : value;
  };
}

function* anySlot(slots: ReadonlySet<number>, first: number): Generator<number> {
  for (let slot = first; ; slot += 1) {
    if (!slots.has(slot)) yield slot;
  }
}

/** Slots that the clusters of a region name, whoever their class is of: another class may come. */
export function slotsOf(clusters: readonly ClusterDraft[], region: string): ReadonlySet<number> {
  return new Set(
    clusters.filter(({ values }) => values.region === region).flatMap(({ values }) => values.network?.slot ?? []),
  );
}

/** A pool that has no slot at all is a mistake of its own. */
function isBeyond(slot: number, pool: AddressPool): boolean {
  return slot >= slotCount(pool) && slotCount(pool) > 0;
}

/** Two clusters of one slot in a region would get the same addresses. */
function taken(cluster: ClusterDraft, owner: string, free: number | undefined): Problem {
  return clusterProblem(cluster, "slot-taken", ["network", "slot"], {
    what: `is the slot of ${owner}`,
    got: cluster.values.network?.slot,
    remedy: free === undefined ? "Give each cluster its own" : `Give each cluster its own; ${free} is free`,
  });
}

function missing(cluster: ClusterDraft, pool: AddressPool | undefined, free: number | undefined): Problem {
  const path = ["clusters", cluster.name, "network", "slot"];
  return free === undefined && pool !== undefined
    ? {
        rule: "pool-exhausted",
        path,
        what: `is missing, and none is free in ${poolWords(cluster, pool)}`,
        remedy: more(pool),
      }
    : {
        rule: "slot-missing",
        path,
        what: `is missing: it says which part of the pool of ${cluster.values.region} the cluster gets`,
        remedy: `Write ${free}, the lowest that is free, or have npm run fleet -- network --assign --stack <stack> write it`,
      };
}

function beyond(cluster: ClusterDraft, pool: AddressPool, free: number | undefined): Problem {
  return clusterProblem(cluster, "pool-exhausted", ["network", "slot"], {
    what: `lies beyond ${poolWords(cluster, pool)}`,
    got: cluster.values.network?.slot,
    remedy: free === undefined ? more(pool) : `Write ${free}, which is free. ${more(pool)}`,
  });
}

function poolWords({ values }: ClusterDraft, pool: AddressPool): string {
  return `the pool of ${values.region} (${describePool(pool)})`;
}

function more(pool: AddressPool): string {
  const larger = extended(pool);
  return larger === undefined
    ? "For more clusters than fit, write their vpc, pods and services explicitly: this pool cannot grow where it stands"
    : `For more clusters than fit, extend the pool to ${larger}, where every slot keeps its place`;
}

/** Regions whose clusters take addresses from a pool that nobody has declared, or that has room for none. */
function poolProblems(draft: NetworkDraft): Problem[] {
  const { network, clusters, management, isBroken } = draft;
  const takers = clusters.filter(takesFromPool);
  const lacking = [...new Set(takers.flatMap(({ values }) => values.region ?? []))].filter(
    (region) =>
      AWS_REGIONS.some((known) => known === region) &&
      poolOf(network, region) === undefined &&
      !isBroken(["pools", region]),
  );
  const claimed = lacking.length === 0 ? [] : claims(network, clusters, management).map(({ parsed }) => parsed);
  return lacking.sort().map((region) => {
    const example = unclaimed(claimed);
    claimed.push(example);
    const names = takers.filter(({ values }) => values.region === region);
    return {
      rule: "pool-missing",
      path: ["network", "pools", region],
      what: `is missing: the addresses of ${listed(
        names.map(({ name }) => name),
        MOST_NAMES,
      )} come from it`,
      remedy: `Add it, such as ${region}: { range: ${cidr(example)} }`,
    };
  });
}

function takesFromPool({ values, isBroken }: ClusterDraft): boolean {
  return isOnAws(values.class ?? "") && !isExplicit(values) && !isBroken(["network"]) && !isBroken(["region"]);
}

function isExplicit({ class: family, network: { vpc, pods, services } = {} }: ClusterValues): boolean {
  return vpc !== undefined && services !== undefined && (pods !== undefined || family === "aws-eks");
}

/** A network of 10.0.0.0/8 in which nobody of the stack has an address; the first one where all are taken. */
function unclaimed(claimed: readonly Range[]): Range {
  const all: Range = { first: 10 * 2 ** 24, prefix: 8 };
  // 10.0.0.0/12 and 10.16.0.0/12 are where most people have something already.
  const candidates = Array.from({ length: 14 }, (_, index) => part(all, 12, index + 2));
  return candidates.find((candidate) => !claimed.some((each) => overlap(each, candidate))) ?? part(all, 12, 2);
}

const MOST_NAMES = 3;
