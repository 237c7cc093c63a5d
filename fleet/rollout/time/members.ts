import { type Hold, type Override } from "../../config/schema/upgrades";
import { momentEnd } from "./moments";

/** A cluster of a stage, or the stage alone. */
export interface Member {
  readonly stage: string;
  readonly cluster?: string;
}

/** Entries of a list that are in force, for those whom they name. */
export interface ForMembers<T> {
  /** The entry for a member; where there are several, the one that lasts longest. */
  readonly find: (member: Member) => T | undefined;
  /** All of them, the longest first. @param moment Default: that of the run. None before it. */
  readonly findAll: (member: Member, moment?: Date) => readonly T[];
  /** Places in the list of those that are past at the moment of the run. */
  readonly expired: readonly number[];
}

/**
 * Sorts pauses, skips or overrides by whether they are still in force. One is for the clusters that it names and for all
 * clusters of the stages that it names; a stage alone is only touched by its own name. One that names neither is for all.
 * @param now The moment of the run.
 */
export function forMembers<T extends Hold | Override>(list: readonly T[], now: Date): ForMembers<T> {
  const ends = list.map(({ until }) => momentEnd(until, "UTC"));
  const inForce = list
    .map((entry, index) => ({ entry, end: Number(ends[index]) }))
    .filter(({ end }) => end > now.getTime())
    .sort((a, b) => b.end - a.end)
    .map((each, place) => ({ ...each, place }));
  const forAll = inForce.filter(({ entry: { clusters, stages } }) => clusters === undefined && stages === undefined);
  const ofClusters = byName(inForce, ({ entry }) => entry.clusters);
  const ofStages = byName(inForce, ({ entry }) => entry.stages);
  const findAll = ({ stage, cluster }: Member, moment = now) => {
    if (inForce.length === 0) return [];
    const ofCluster = (cluster === undefined ? undefined : ofClusters.get(cluster)) ?? [];
    const found = new Set([...forAll, ...ofCluster, ...(ofStages.get(stage) ?? [])]);
    return [...found]
      .filter(({ end }) => end > moment.getTime())
      .sort((a, b) => a.place - b.place)
      .map(({ entry }) => entry);
  };
  return {
    findAll,
    find: (member) => findAll(member)[0],
    expired: ends.flatMap((end, index) => (end <= now ? [index] : [])),
  };
}

function byName<T>(list: readonly T[], namesOf: (each: T) => readonly string[] | undefined): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>();
  for (const each of list) {
    for (const name of namesOf(each) ?? []) found.set(name, [...(found.get(name) ?? []), each]);
  }
  return found;
}
