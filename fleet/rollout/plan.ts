import { type Track } from "../baseline/tracks";
import { type FleetConfig } from "../config/config";
import { calendar } from "../versions";
import { adapterOf } from "./adapters";
import { type Candidate } from "./candidate";
import { decide } from "./decide";
import { rolloutTrack } from "./tracks";
import { type Rollout, type RolloutInput, type ShownStep } from "./types";

/** The moment of a run, and what limits it. */
export interface RunLimits {
  readonly now: Date;
  /** No step of a rollout starts. */
  readonly hold?: boolean;
  /** The steps that a preview has shown; no other starts. Absent: there was none. */
  readonly shown?: readonly ShownStep[];
}

/** Which of a fleet's clusters move in this run. @param reconciled Names of the class revisions that may be pointed at. */
export function planRollout(
  candidates: readonly Candidate[],
  tracks: readonly Track[],
  config: FleetConfig,
  reconciled: ReadonlySet<string>,
  { now, ...limits }: RunLimits,
): Rollout {
  return decide({ ...rolloutInput(candidates, tracks, config, reconciled), ...limits }, now);
}

/** What {@link decide} decides from. */
export function rolloutInput(
  candidates: readonly Candidate[],
  tracks: readonly Track[],
  config: FleetConfig,
  reconciled: ReadonlySet<string>,
): RolloutInput {
  return {
    upgrades: config.upgrades,
    calendar: calendar(config.versions),
    clusters: candidates.map((each) => adapterOf(each).observed(each, config, reconciled)),
    tracks: tracks.flatMap((each) => rolloutTrack(each, candidates, config) ?? []),
  };
}
