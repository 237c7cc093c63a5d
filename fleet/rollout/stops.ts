import { type Barrier, notShown, onHold, outOfTime, remaining, stop } from "./barriers";
import { type Stage } from "../config/schema/upgrades";
import { EKS_ROLLBACK } from "./durations";
import { type Overridable } from "./holds";
import { shownTo } from "./revision";
import { type Run, type StageToDecide } from "./stage-steps";
import { hasBase, isPlain, isSettled, type Standing } from "./standing";
import { isForced } from "./support";
import { spanMs, spanText } from "./time/spans";
import { addOnsFirst } from "./track-standing";
import { type LiveCluster, type RolloutCluster } from "./types";

/** What a cluster would do: take the next step of its own, or have its managed node groups follow. */
export interface Attempt {
  readonly what: "step" | "nodes";
  /** It leaves versions as they are and mends a cluster that failed: it may go although the stage is halted. */
  readonly cures: boolean;
}

/**
 * What keeps a cluster from that, in the order in which a person would ask; empty where it may. It ends with the first
 * that time alone does not lift: what comes after it changes nothing, and is not looked at for every cluster of a fleet.
 */
export function stopsOf(
  each: Standing,
  live: LiveCluster,
  attempt: Attempt,
  stage: StageToDecide,
  run: Run,
): Barrier[] {
  const stops: Barrier[] = [];
  for (const found of rulesFor(each, live, attempt, stage, run)) {
    stops.push(found);
    if (found.next === undefined) return stops;
  }
  return stops.length > 0 ? stops : roomStops(each, live, attempt, stage, run);
}

function* rulesFor(
  each: Standing,
  live: LiveCluster,
  attempt: Attempt,
  stage: StageToDecide,
  run: Run,
): Generator<Barrier> {
  if (attempt.what === "nodes") yield* nodeStops(live, attempt, stage, run);
  else yield* stepStops(each, live, attempt, stage, freedOf(each.cluster, run.now, run));
  yield* timeStops(each, attempt, stage, run.now, run);
}

/**
 * When all that stands in the way is over; undefined where time alone does not do it.
 * @param again What stands in the way at a moment: by then a window may have closed, or a freeze begun.
 */
export function whenOver(stops: readonly Barrier[], again: (moment: Date) => readonly Barrier[]): Date | undefined {
  const times = stops.flatMap(({ next }) => next ?? []);
  if (stops.length === 0 || times.length < stops.length) return undefined;
  const over = new Date(Math.max(...times.map((time) => time.getTime())));
  const then = again(over);
  return then.length === 0 ? over : whenOver(then, again);
}

/** What does not hold for a cluster, by an override or because its support runs out. */
function freedOf(cluster: RolloutCluster, moment: Date, { input, holds }: Run): ReadonlySet<Overridable> {
  const ignored = holds.ignores({ stage: cluster.stage, cluster: cluster.name }, moment);
  return isForced(cluster, input, moment) ? new Set([...ignored, "windows", "freezes", "approval"]) : ignored;
}

function* stepStops(
  { cluster, next, healthy }: Standing,
  live: LiveCluster,
  { cures }: Attempt,
  { stage, state, barriers, tracks }: StageToDecide,
  freed: ReadonlySet<Overridable>,
): Generator<Barrier> {
  yield* remaining(barriers, freed);
  yield* haltStops(cures, { stage, state });
  if (!cures) yield* addOnsFirst(cluster.name, tracks);
  const blocked = next && cluster.blocked?.(next.to);
  if (blocked !== undefined) yield stop(blocked);
  if (!healthy && !cures && !(isPlain(live) && hasBase(live)))
    yield stop(`is not settled: ${live.reason || "not available"}`);
}

/** Why a stage of which too many have failed starts nothing, until they are mended. */
export function haltStops(cures: boolean, { stage, state }: Pick<StageToDecide, "stage" | "state">): Barrier[] {
  if (cures) return [];
  if (state.halted) return [stop(`stage ${stage.name} is halted: ${state.failed} failed`)];
  return state.mending ? [stop(`stage ${stage.name} waits until what failed is mended`)] : [];
}

/** EKS takes a control plane back as long as its nodes have not followed, see `EKS_ROLLBACK`. */
function nodeStops(live: LiveCluster, { cures }: Attempt, { stage, state }: StageToDecide, { now }: Run): Barrier[] {
  const { available, since, reason } = live;
  if (!isSettled(live) || !available) return [stop(`control plane: ${reason || "not available"}`)];
  const halted = haltStops(cures, { stage, state });
  const next = new Date(Date.parse(since) + spanMs(stage.nodesAfter));
  if (next <= now) return halted;
  const back = new Date(Date.parse(since) + spanMs(EKS_ROLLBACK)).toISOString().slice(0, 10);
  const left = spanText(next.getTime() - now.getTime());
  return [...halted, stop(`its control plane bakes for another ${left}; EKS can take it back until ${back}`, next)];
}

/** Why time keeps it at a moment. */
export function timeStops(
  { cluster, next }: Standing,
  { what }: Attempt,
  { stage }: StageToDecide,
  moment: Date,
  run: Run,
): Barrier[] {
  const freed = freedOf(cluster, moment, run);
  const step = {
    stage: stage.name,
    cluster: cluster.name,
    stepMs: stage.stepDuration === undefined ? cluster.stepMs : spanMs(stage.stepDuration),
    isMinor: what === "nodes" || next?.isMinor === true,
  };
  return outOfTime(step, freed, run.times, moment);
}

/** What only counts where nothing else stands in the way. */
function roomStops(
  { cluster, next, moving }: Standing,
  live: LiveCluster,
  { what }: Attempt,
  { stage, slots }: StageToDecide,
  { input, isShown }: Run,
): Barrier[] {
  const to = shownTo(what, next === undefined || what === "nodes" ? live.revision : next.to);
  const hasRoom = slots > 0 || moving;
  return [
    ...onHold(input),
    ...(hasRoom ? [] : [waitsForTurn(stage)]),
    ...notShown({ cluster: cluster.name, to }, isShown),
  ];
}

function waitsForTurn({ name, maxConcurrency }: Stage): Barrier {
  return { reason: `waits for its turn: stage ${name} moves ${maxConcurrency} at a time`, kind: "turn" };
}
