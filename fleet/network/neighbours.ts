import { z } from "zod";

import { type FleetConfig } from "../config/config";
import { takenProblems } from "../config/checks/network";
import { describeProblem, type Problem } from "../config/problems";
import { clusterRanges, WORDS } from "../config/checks/network-claims";
import { sortedEntries } from "../sorted";
import { poolOf } from "./address-plan";
import { type NamedRange } from "./ranges";

/** The stack output `networks`: which addresses an environment has, in CIDR notation, for the environments beside it. */
export const claimedNetworks = z.object({
  /** By region. */
  pools: z.record(z.string(), z.string()),
  /** Ranges of the clusters on AWS by what they are for (`vpc`, `pods`, `services`), by cluster. */
  clusters: z.record(z.string(), z.record(z.string(), z.string())),
});
export type ClaimedNetworks = z.output<typeof claimedNetworks>;

/** An environment beside this one, on the same management cluster or reached by the same networks. */
export interface Neighbour extends ClaimedNetworks {
  /** `organization/project/stack` */
  readonly stack: string;
  /** It has never run, so nobody knows which addresses it will have. */
  readonly isNew?: true;
}

type Addresses = Pick<FleetConfig, "network" | "clusters">;

/** What a stack puts out for those beside it. */
export function ownNetworks({ network, clusters }: Addresses): ClaimedNetworks {
  const pools = sortedEntries(network.pools).map(([region, { range }]) => [region, range] as const);
  const ranges = sortedEntries(clusters).map(
    ([name, values]) =>
      [name, Object.fromEntries(clusterRanges(network, { values }).map(({ kind, range }) => [kind, range]))] as const,
  );
  return {
    pools: Object.fromEntries(pools),
    clusters: Object.fromEntries(ranges.filter(([, each]) => Object.keys(each).length > 0)),
  };
}

/**
 * New clusters that would have addresses of a neighbour: the management network could lead to one of both alone. Whoever
 * comes second is refused; see {@link neighbourNotes} for clusters that live already.
 * @param living Names of this environment's clusters that live.
 */
export function neighbourProblems(
  config: Addresses,
  neighbours: readonly Neighbour[],
  living: ReadonlySet<string>,
): Problem[] {
  const fresh = Object.fromEntries(Object.entries(config.clusters).filter(([name]) => !living.has(name)));
  return [
    ...taken({ ...config, clusters: fresh }, neighbours),
    ...neighbours.flatMap((neighbour) => poolProblems(config, neighbour)),
  ];
}

/** What no run can change any more, or not yet see. */
export function neighbourNotes(
  config: Addresses,
  neighbours: readonly Neighbour[],
  living: ReadonlySet<string>,
): string[] {
  const old = Object.fromEntries(Object.entries(config.clusters).filter(([name]) => living.has(name)));
  return [
    ...neighbours
      .filter(({ isNew }) => isNew === true)
      .map(
        ({ stack }) => `network: stack ${stack} has not run yet; its own first run compares its addresses with these.`,
      ),
    ...taken({ ...config, clusters: old }, neighbours).map(
      (problem) =>
        `${describeProblem({ ...problem, remedy: "The cluster lives and keeps them: replace it, or the other one" })}`,
    ),
  ];
}

function taken(config: Addresses, neighbours: readonly Neighbour[]): Problem[] {
  const remedy =
    "Take a slot or a range that neither stack has; with the other's ranges under network.reserved, " +
    "npm run fleet -- network shows which are free";
  return takenProblems(config, neighbours.flatMap(rangesOf)).map((problem) => ({ ...problem, remedy }));
}

function rangesOf({ stack, clusters }: Neighbour): NamedRange[] {
  return sortedEntries(clusters).flatMap(([cluster, ranges]) =>
    sortedEntries(ranges).map(([kind, range]) => ({ name: `${wordsOf(kind)} of ${cluster} in stack ${stack}`, range })),
  );
}

function wordsOf(kind: string): string {
  return Object.entries(WORDS).find(([each]) => each === kind)?.[1] ?? kind;
}

/** A pool is one route of the management network to its transit gateway, and AWS takes one route to a place. */
function poolProblems({ network }: Addresses, { stack, pools }: Neighbour): Problem[] {
  if (network.reach.kind !== "transit-gateway") return [];
  return sortedEntries(pools).flatMap(([region, range]): Problem[] => {
    const own = Object.keys(network.pools).find((each) => poolOf(network, each)?.range === range);
    return own === undefined
      ? []
      : [
          {
            rule: "range-overlap",
            path: ["network", "pools", own, "range"],
            what: `is the pool of ${region} of stack ${stack} too, and the management network takes one route to it`,
            got: range,
            remedy: "Give each environment a pool of its own",
          },
        ];
  });
}
