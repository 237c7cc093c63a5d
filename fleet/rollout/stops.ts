import { type Barrier, notShown, onHold, outOfTime, remaining, stop } from "./barriers";
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

/** Everything that keeps a cluster from that, in the order in which a person would ask; empty where it may. */
export function stopsOf(
  each: Standing,
  live: LiveCluster,
  attempt: Attempt,
  stage: StageToDecide,
  run: Run,
): Barrier[] {
  const stops =
    attempt.what === "nodes"
      ? nodeStops(live, attempt, stage, run)
      : stepStops(each, live, attempt, stage, freedOf(each.cluster, run.now, run));
  const stopped = [...stops, ...timeStops(each, attempt, stage, run.now, run)];
  return stopped.length > 0 ? stopped : roomStops(each, live, attempt, stage, run);
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
function freedOf(cluster: RolloutCluster, moment: Date, { input, rulesAt }: Run): ReadonlySet<Overridable> {
  const ignored = rulesAt(moment).holds.ignores({ stage: cluster.stage, cluster: cluster.name });
  return isForced(cluster, input, moment) ? new Set([...ignored, "windows", "freezes", "approval"]) : ignored;
}

function stepStops(
  { cluster, next, healthy }: Standing,
  live: LiveCluster,
  { cures }: Attempt,
  { stage, state, barriers, tracks }: StageToDecide,
  freed: ReadonlySet<Overridable>,
): Barrier[] {
  const blocked = next && cluster.blocked?.(next.to);
  return [
    ...remaining(barriers, freed),
    ...haltStops(cures, { stage, state }),
    ...(cures ? [] : addOnsFirst(cluster.name, tracks)),
    ...(blocked === undefined ? [] : [stop(blocked)]),
    ...(healthy || cures || (isPlain(live) && hasBase(live))
      ? []
      : [stop(`is not settled: ${live.reason || "not available"}`)]),
  ];
}

/** Why a stage of which too many have failed starts nothing, until they are mended. */
export function haltStops(cures: boolean, { stage, state }: Pick<StageToDecide, "stage" | "state">): Barrier[] {
  if (cures) return [];
  if (state.halted) return [stop(`stage ${stage.name} is halted: ${state.failed} failed`)];
  return state.mending ? [stop(`stage ${stage.name} waits until what failed is mended`)] : [];
}

/**
 * EKS takes a control plane back for seven days, as long as its nodes have not followed.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
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
  return outOfTime(step, freed, run.rulesAt(moment).times);
}

/** What only counts where nothing else stands in the way. */
function roomStops(
  { cluster, next, moving }: Standing,
  live: LiveCluster,
  { what }: Attempt,
  { stage, slots }: StageToDecide,
  { input }: Run,
): Barrier[] {
  const to = shownTo(what, next === undefined || what === "nodes" ? live.revision : next.to);
  const hasRoom = slots > 0 || moving;
  return [
    ...onHold(input),
    ...(hasRoom ? [] : [stop(`waits for its turn: stage ${stage.name} moves ${stage.maxConcurrency} at a time`)]),
    ...notShown({ cluster: cluster.name, to }, input),
  ];
}
