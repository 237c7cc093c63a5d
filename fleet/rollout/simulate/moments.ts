import { type Stage, type Upgrades } from "../../config/schema/upgrades";
import { DISTRIBUTIONS } from "../../versions";
import { frozenTimes } from "../time/freezes";
import { momentBegin, momentEnd } from "../time/moments";
import { spanMs } from "../time/spans";
import { type World } from "./world";
import { GRACE_MS, isWell, restsSince } from "../standing";
import {
  type LiveCluster,
  type Rollout,
  type RolloutCluster,
  type RolloutInput,
  type RolloutTrack,
  type StageState,
} from "../types";

/** Moments at which a decision may become another by the calendar alone, whatever lives; milliseconds, in order. */
export function fixedMoments({ upgrades, calendar }: RolloutInput): readonly number[] {
  const { stages, freezes, pause, skip, override, forceBefore } = upgrades;
  const holds = [...pause, ...skip, ...override].map(({ until }) => momentEnd(until, "UTC").getTime());
  const starts = stages.flatMap(({ startAfter }) =>
    startAfter === undefined ? [] : [momentBegin(startAfter, "UTC").getTime()],
  );
  const before = forceBefore === undefined ? [] : [0, spanMs(forceBefore)];
  const support = DISTRIBUTIONS.flatMap((each) => calendar[each]).flatMap(({ standardEnds }) =>
    before.map((ms) => Date.parse(standardEnds) - ms),
  );
  const thaws = frozenTimes(freezes).map(({ to }) => to);
  return [...new Set([...holds, ...starts, ...support, ...thaws])].sort((a, b) => a - b);
}

/** The first moment after `now` at which what lives, or how long it has lived so, may change a decision; milliseconds. */
export function nextMoment(
  { clusters, tracks, ends }: Pick<World, "clusters" | "tracks" | "ends">,
  { decisions, addOns, stages: states }: Rollout,
  stages: ReadonlyMap<string, Stage>,
  now: Date,
): number {
  const soaking = new Set(states.filter(isSoaking).map(({ name }) => name));
  const moments = [
    ...ends,
    ...decisions.flatMap(({ action, next }) => [
      ...(next === undefined ? [] : [next.getTime()]),
      // Another's cluster is ours from the next run on.
      ...(action === "adopt" ? [now.getTime() + 1] : []),
    ]),
    ...addOns.flatMap(({ next }) => (next === undefined ? [] : [next.getTime()])),
    ...clusters.flatMap((cluster) => momentsOf(cluster, stages.get(cluster.stage), soaking)),
    ...tracks.flatMap((track) => momentsOfTrack(track, stages.get(track.stage))),
  ];
  return moments.reduce((least, each) => (each > now.getTime() && each < least ? each : least), Infinity);
}

/** Only then does its soak run out: before that, the end of a step comes first. */
function isSoaking({ clusters, done, failed, complete }: StageState): boolean {
  return done + failed === clusters && !complete;
}

/** When its step has failed or its machines are replaced, its node groups may follow, its stage has soaked. */
function momentsOf(cluster: RolloutCluster, stage: Stage | undefined, soaking: ReadonlySet<string>): number[] {
  const { live } = cluster;
  if (live === undefined || stage === undefined) return [];
  const rests = restsSince(cluster, stage);
  return [
    ...(isWell(live) ? [] : failureMoments(live, spanMs(stage.stepTimeout))),
    ...(live.nodeGroups?.some(({ behind }) => behind) === true
      ? [Date.parse(live.since) + spanMs(stage.nodesAfter)]
      : []),
    rests,
    ...(soaking.has(stage.name) ? [rests + spanMs(stage.soak)] : []),
  ];
}

/** See `standing`: a step that is under way is overdue, a provider's last word counts. */
function failureMoments({ since, step, terminal }: LiveCluster, stepTimeoutMs: number): number[] {
  if (step === undefined) return [];
  const started = Date.parse(step.started);
  const quiet = Date.parse(since) + Math.min(GRACE_MS, stepTimeoutMs);
  return [Math.max(started + stepTimeoutMs, quiet) + 1, ...(terminal === undefined ? [] : [started + GRACE_MS])];
}

function momentsOfTrack({ since }: RolloutTrack, stage: Stage | undefined): number[] {
  if (stage === undefined) return [];
  return [Date.parse(since) + spanMs(stage.soak), Date.parse(since) + spanMs(stage.stepTimeout) + 1];
}

/** The configuration with every gate open; see {@link gatesOf}. */
export function withoutGates(upgrades: Upgrades): Upgrades {
  return { ...upgrades, stages: upgrades.stages.map((stage) => ({ ...stage, gates: [] })) };
}

/** Gates by name, as `stage: gate`. */
export function gatesOf({ stages }: Upgrades): string[] {
  return stages.flatMap(({ name, gates }) => gates.map((gate) => `${name}: ${gate.name}`));
}
