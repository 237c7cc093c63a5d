import { type NamedRange } from "../../network/ranges";
import { type FleetConfig, type ManagementConfig } from "../config";
import { levelsOf } from "../levels";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type NetworkConfig } from "../schema/network";
import { type ClusterDraft } from "./draft";
import { claims, clusterClaims, namedClaim } from "./network-claims";
import { overlapProblems } from "./network-overlaps";
import { reachProblems } from "./network-reach";
import { rangeProblems } from "./network-ranges";
import { slotProblems } from "./network-slots";
import { zoneProblems } from "./network-zones";

/** A stack's addresses as the checks see them. */
export interface NetworkDraft {
  readonly network: NetworkConfig;
  /** Sorted by name. */
  readonly clusters: readonly ClusterDraft[];
  readonly management: ManagementConfig | undefined;
  /** Whether the value at a path below `network` is wrong in itself, and reported as such. */
  readonly isBroken: (path: Path) => boolean;
}

/** What is wrong with the addresses of a stack's clusters, as far as its configuration tells. */
export function networkProblems(draft: NetworkDraft): Problem[] {
  const { network, clusters, management } = draft;
  return [
    ...rangeProblems(draft),
    ...slotProblems(draft),
    ...clusters.flatMap(zoneProblems),
    ...overlapProblems(claims(network, clusters, management)),
    ...reachProblems(draft),
  ];
}

/**
 * Addresses of a stack's clusters that somebody has whom only the run finds: the management cluster's network where
 * another stack builds it, clusters of other environments.
 */
export function takenProblems(
  { network, clusters }: Pick<FleetConfig, "network" | "clusters">,
  taken: readonly NamedRange[],
): Problem[] {
  const others = taken.flatMap(namedClaim);
  const own = Object.entries(clusters).flatMap(([name, values]) =>
    clusterClaims(network, {
      name,
      values,
      levels: levelsOf(name, undefined, undefined, values),
      leftAside: [],
      isBroken: () => false,
    }),
  );
  return overlapProblems([...others, ...own], (one, other) => others.includes(one) !== others.includes(other));
}
