import { type Stage } from "../config/schema/upgrades";
import { failuresOf } from "./amounts";
import { type Barrier, stop } from "./barriers";
import { restsSince, type Standing } from "./standing";
import { spanMs, spanText } from "./time/spans";
import { type TrackStanding } from "./track-standing";
import { type StageState } from "./types";
import { listed } from "../words";

/** A stage's state, and what keeps the next one waiting. */
export interface StageProgress {
  readonly state: StageState;
  /** Undefined where the next stage may start. */
  readonly waits?: Barrier;
}

/** More clusters than this are counted instead of named. */
const MOST_NAMED = 3;

interface Rules {
  readonly now: Date;
  /** The whole stage is left out. */
  readonly isSkipped: boolean;
  readonly ignoreSoak: boolean;
}

/**
 * How a stage stands: complete once all that count are through, and have been for its soak. Those that have failed count
 * as through as long as no more have than may.
 */
export function stageProgress(
  stage: Stage,
  revision: string,
  standings: readonly Standing[],
  tracks: readonly TrackStanding[],
  { now, isSkipped, ignoreSoak }: Rules,
): StageProgress {
  const counted = standings.filter(({ cluster }) => cluster.skipped === undefined);
  const countedTracks = isSkipped ? [] : tracks;
  const count = (has: (standing: Standing) => boolean) => counted.filter(has).length;
  const failed = count((each) => each.failed);
  const allowed = failuresOf(stage.maxFailures, counted.length);
  const halted = failed > allowed;
  const waits = halted
    ? stop(`stage ${stage.name} is halted: ${failed} failed, ${allowed} may (${failedOf(counted)})`)
    : (unfinished(stage, counted) ??
      unfinishedTrack(stage, countedTracks) ??
      (ignoreSoak ? undefined : soaking(stage, counted, countedTracks, now)));
  const state = {
    name: stage.name,
    revision,
    clusters: standings.length,
    done: standings.length - counted.length + count(({ through }) => through),
    moving: count(({ moving }) => moving),
    failed,
    halted,
    mending: !halted && failed + count(({ mending }) => mending) > allowed,
    complete: waits === undefined,
  };
  return { state, ...(waits === undefined ? {} : { waits }) };
}

function unfinished({ name }: Stage, counted: readonly Standing[]) {
  const open = counted.filter(({ through, failed }) => !through && !failed);
  const [first] = open;
  if (first === undefined) return undefined;
  const { live } = first.cluster;
  const why = live === undefined ? "is being made" : first.healthy ? "has steps to take" : live.reason || "not settled";
  const others = open.length > 1 ? ` and ${open.length - 1} more` : "";
  return stop(`stage ${name} is not through: ${first.cluster.name}${others} (${why})`);
}

function unfinishedTrack({ name }: Stage, tracks: readonly TrackStanding[]) {
  const open = tracks.find(({ pending, moving }) => pending || moving);
  return open === undefined
    ? undefined
    : stop(`stage ${name} is not through: its add-ons (${open.track.changes.join(", ") || open.track.reason})`);
}

function soaking(stage: Stage, counted: readonly Standing[], tracks: readonly TrackStanding[], now: Date) {
  const { name, soak } = stage;
  const since = [
    ...counted.flatMap(({ through, cluster }) => (through ? [restsSince(cluster, stage)] : [])),
    ...tracks.flatMap(({ track: { ready, since } }) => (ready ? [Date.parse(since)] : [])),
  ];
  const next = new Date(Math.max(0, ...since) + spanMs(soak));
  return next <= now
    ? undefined
    : stop(`stage ${name} soaks for another ${spanText(next.getTime() - now.getTime())}`, next);
}

function failedOf(standings: readonly Standing[]): string {
  const names = standings.filter((each) => each.failed).map(({ cluster }) => cluster.name);
  return listed(names, MOST_NAMED);
}
