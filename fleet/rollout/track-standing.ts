import { type Barrier, stop } from "./barriers";
import { type Standing } from "./standing";
import { spanMs } from "./time/spans";
import { type RolloutTrack } from "./types";

/** How the add-ons of a track stand. */
export interface TrackStanding {
  readonly track: RolloutTrack;
  /** Names of its clusters. */
  readonly members: ReadonlySet<string>;
  /** They are to become others. */
  readonly pending: boolean;
  /** They are on their way to clusters that could take them. */
  readonly moving: boolean;
  /** They have been on their way for longer than a step may take. */
  readonly failed: boolean;
}

/**
 * Add-ons that are not everywhere only count where every cluster of the track is there to take them; a cluster that is
 * not counts as itself.
 */
export function trackStanding(
  track: RolloutTrack,
  standings: readonly Standing[],
  stepTimeout: string,
  now: Date,
): TrackStanding {
  const members = new Set(track.clusters);
  const isExcused = standings.some(
    ({ cluster: { name, live, skipped } }) => members.has(name) && (skipped !== undefined || live?.available !== true),
  );
  const moving = !track.ready && !isExcused;
  const failed = moving && now.getTime() - Date.parse(track.since) > spanMs(stepTimeout);
  return { track, members, pending: track.changes.length > 0, moving, failed };
}

/** Why a cluster waits for the add-ons of its track: they take the next version of Kubernetes, their forerunners may not. */
export function addOnsFirst(cluster: string, tracks: readonly TrackStanding[]): Barrier[] {
  const first = tracks.find(
    ({ track, members, pending, moving }) =>
      members.has(cluster) && ((pending && track.blocked === undefined) || moving),
  );
  if (first === undefined) return [];
  const { changes, reason } = first.track;
  const why = changes.length > 0 ? changes.join(", ") : reason || "not everywhere yet";
  return [stop(`its add-ons go first: ${why}`)];
}
