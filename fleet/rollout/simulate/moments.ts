import { type Stage, type Upgrades } from "../../config/schema/upgrades";
import { DISTRIBUTIONS } from "../../versions";
import { frozenTimes } from "../time/freezes";
import { momentBegin, momentEnd } from "../time/moments";
import { spanMs } from "../time/spans";
import { type World } from "./world";
import { restsSince } from "../standing";
import { type Rollout, type RolloutCluster, type RolloutInput, type RolloutTrack } from "../types";

/** Quiet that `standing` waits for before a step has failed, at most. */
const GRACE_MS = spanMs("15m");

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
  { decisions, addOns }: Rollout,
  stages: ReadonlyMap<string, Stage>,
  now: Date,
): number {
  const moments = [
    ...ends,
    ...decisions.flatMap(({ action, next }) => [
      ...(next === undefined ? [] : [next.getTime()]),
      // Another's cluster is ours from the next run on.
      ...(action === "adopt" ? [now.getTime() + 1] : []),
    ]),
    ...addOns.flatMap(({ next }) => (next === undefined ? [] : [next.getTime()])),
    ...clusters.flatMap((cluster) => momentsOf(cluster, stages.get(cluster.stage))),
    ...tracks.flatMap((track) => momentsOfTrack(track, stages.get(track.stage))),
  ];
  return moments.reduce((least, each) => (each > now.getTime() && each < least ? each : least), Infinity);
}

/** When its step has failed, its stage has soaked, its node groups may follow. */
function momentsOf(cluster: RolloutCluster, stage: Stage | undefined): number[] {
  const { live } = cluster;
  if (live === undefined || stage === undefined) return [];
  const since = Date.parse(live.since);
  const started = live.step === undefined ? NaN : Date.parse(live.step.started);
  return [
    restsSince(cluster, stage),
    restsSince(cluster, stage) + spanMs(stage.soak),
    since + spanMs(stage.nodesAfter),
    since + Math.min(GRACE_MS, spanMs(stage.stepTimeout)) + 1,
    started + spanMs(stage.stepTimeout) + 1,
    started + GRACE_MS,
  ];
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
