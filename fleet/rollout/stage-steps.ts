import { type Stage } from "../config/schema/upgrades";
import { type Holds } from "./holds";
import { type Barrier } from "./barriers";
import { isAhead } from "./next-step";
import { changeText, revisionText } from "./revision";
import { isPlain, isSettled, type Standing } from "./standing";
import { NODES } from "./step-record";
import { type Attempt, stopsOf, timeStops, whenOver } from "./stops";
import { type Timetable } from "./time/timetable";
import { type TrackStanding } from "./track-standing";
import {
  type Action,
  type Decision,
  isStart,
  type LiveCluster,
  type RolloutInput,
  type ShownStep,
  type StageState,
} from "./types";

/** What is the same for every stage of a run. */
export interface Run {
  readonly input: RolloutInput;
  readonly now: Date;
  readonly holds: Holds;
  readonly times: Timetable;
  /** Whether a step may start for all that a preview has shown. */
  readonly isShown: (step: ShownStep) => boolean;
}

export interface StageToDecide {
  readonly stage: Stage;
  readonly standings: readonly Standing[];
  readonly tracks: readonly TrackStanding[];
  readonly state: StageState;
  /** How many may begin to move. */
  readonly slots: number;
  readonly barriers: readonly Barrier[];
}

/** What the clusters of one stage do in this run. Those whose node groups are behind go first, then the oldest. */
export function decideStage(whole: StageToDecide, run: Run): Decision[] {
  let stage = whole;
  return inTurn(whole.standings).map((each) => {
    const decision = decideCluster(each, stage, run);
    // One that is under way has its slot already.
    const begins = !each.moving && isStart(decision);
    if (begins) stage = { ...stage, slots: stage.slots - 1 };
    return decision;
  });
}

const natural = new Intl.Collator("en", { numeric: true });

function inTurn(standings: readonly Standing[]): Standing[] {
  return standings
    .map((each) => ({ each, age: `${each.cluster.live?.revision.kubernetes ?? ""} ${each.cluster.name}` }))
    .sort(
      (a, b) =>
        Number(b.each.nodesBehind) - Number(a.each.nodesBehind) ||
        Number(b.each.failed) - Number(a.each.failed) ||
        natural.compare(a.age, b.age),
    )
    .map(({ each }) => each);
}

function decideCluster(each: Standing, stage: StageToDecide, run: Run): Decision {
  const { cluster, next, nodesBehind } = each;
  const { live, target } = cluster;
  const about = { cluster: cluster.name, stage: cluster.stage, target };
  if (live === undefined) {
    return { ...about, action: "create", declare: target, nodes: true, rest: [], reason: "does not live yet" };
  }
  const { revision, step } = live;
  const stays = { ...about, from: revision, declare: revision, nodes: !nodesBehind, ...(step && { step }) };
  const still = (action: Action, reason: string, time?: Date): Decision => ({
    ...stays,
    action,
    reason,
    rest: next === undefined ? [] : [next.to.kubernetes ?? [], next.rest].flat(),
    ...(time === undefined ? {} : { next: time }),
  });

  if (!live.ours) return still("adopt", "is adopted as it lives; a later run may move it");
  if (next === undefined && !nodesBehind) return still(...atRest(each, live));
  if (cluster.skipped !== undefined) return still("skipped", cluster.skipped);
  if (cluster.paused !== undefined) return still("paused", cluster.paused);
  const attempt = attemptOf(each, live);
  const { what, cures } = attempt;
  if (each.failed && !cures) return still("failed", failure(live));
  const isNext = what === "nodes" && isSettled(live) && step?.from !== NODES;
  if (each.moving && !isNext) return still("moving", live.reason || "is on its way");

  const stops = stopsOf(each, live, attempt, stage, run);
  const [first] = stops;
  if (first !== undefined) {
    const next = whenOver(stops, (moment) => timeStops(each, attempt, stage, moment, run));
    const ready = stops.every(({ kind }) => kind === "time" || kind === "turn");
    return { ...still("wait", first.reason, next), ...(ready ? { ready } : {}) };
  }

  const started = run.now.toISOString();
  const from = revisionText(revision);
  const mends = cures ? "mends it: " : "";
  const record = { started, ...(cures ? { mends: true as const } : {}) };
  if (what === "nodes" || next === undefined) {
    const reason = `${mends}node groups follow to ${revision.kubernetes}`;
    return { ...still("nodes", reason), nodes: true, step: { from: NODES, to: from, ...record } };
  }
  return {
    ...still("step", `${mends}${changeText(revision, next.to)}`),
    declare: next.to,
    nodes: false,
    rest: next.rest,
    step: { from, to: revisionText(next.to), ...record },
  };
}

/** Node groups go first, except before the step that mends their control plane. What mends keeps the version as it is. */
function attemptOf({ next, nodesBehind, failed }: Standing, live: LiveCluster): Attempt {
  const mends = failed && next?.keepsVersion === true;
  const settled = isSettled(live);
  if (!nodesBehind || (mends && !settled)) return { what: "step", cures: mends };
  const { revision, nodeGroups } = live;
  const keepVersion = nodeGroups?.every(({ version }) => version === revision.kubernetes) === true;
  return { what: "nodes", cures: failed && settled && keepVersion };
}

/** Of a cluster that has nothing to do. */
function atRest(each: Standing, live: LiveCluster): [Action, string] {
  if (each.failed) return ["failed", failure(live)];
  if (each.moving) return ["moving", live.reason || "is on its way"];
  if (isAhead(each.cluster)) {
    const { target } = each.cluster;
    return ["ahead", `runs ${live.revision.kubernetes}, newer than ${target.kubernetes}; versions never go back`];
  }
  if (isPlain(live)) return ["unmanaged", "whoever made it moves its version"];
  return ["done", each.healthy ? "" : live.reason];
}

function failure({ terminal, step, reason }: LiveCluster): string {
  const why = reason === "" ? "" : `: ${reason}`;
  return terminal === undefined ? `has not settled since ${step?.started}${why}` : `cannot go on: ${terminal}`;
}
