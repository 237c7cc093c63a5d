import { type Hold, type Override } from "../../config/schema/upgrades";
import { momentEnd } from "./moments";

/** A cluster of a stage, or the stage alone. */
export interface Member {
  readonly stage: string;
  readonly cluster?: string;
}

/** Entries of a list that are in force at a moment, for those whom they name. */
export interface ForMembers<T> {
  /** The entry for a member; where there are several, the one that lasts longest. */
  readonly find: (member: Member) => T | undefined;
  /** All of them, the longest first. */
  readonly findAll: (member: Member) => readonly T[];
  /** Places in the list of those that are past. */
  readonly expired: readonly number[];
}

/**
 * Sorts pauses, skips or overrides by whether they are still in force. One is for the clusters that it names and for all
 * clusters of the stages that it names; a stage alone is only touched by its own name. One that names neither is for all.
 */
export function forMembers<T extends Hold | Override>(list: readonly T[], now: Date): ForMembers<T> {
  const ends = list.map(({ until }) => momentEnd(until, "UTC"));
  const inForce = list
    .map((entry, index) => ({
      entry,
      end: Number(ends[index]),
      clusters: new Set(entry.clusters),
      isForAll: isForAll(entry),
    }))
    .filter(({ end }) => end > now.getTime())
    .sort((a, b) => b.end - a.end);
  const findAll = ({ stage, cluster }: Member) =>
    inForce
      .filter(
        ({ entry, clusters, isForAll }) =>
          isForAll || (cluster !== undefined && clusters.has(cluster)) || entry.stages?.includes(stage),
      )
      .map(({ entry }) => entry);
  return {
    findAll,
    find: (member) => findAll(member)[0],
    expired: ends.flatMap((end, index) => (end <= now ? [index] : [])),
  };
}

function isForAll({ clusters, stages }: Hold | Override): boolean {
  return clusters === undefined && stages === undefined;
}
