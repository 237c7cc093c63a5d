import { decide } from "../decide";
import { type Decision, type Rollout, type RolloutInput, trackKey } from "../types";
import { failing, stagesByName } from "./durations";
import { MissedWindows, readyClusters } from "./missed";
import { fixedMoments, gatesOf, nextMoment, withoutGates } from "./moments";
import { StageTimes } from "./stage-times";
import { supportPassed } from "./support-passed";
import {
  type SimulatedApproval,
  type SimulatedStep,
  type Simulation,
  type SimulationOptions,
  type Unreached,
} from "./types";
import { World } from "./world";

/**
 * Plays a rollout forward: {@link decide} is asked at every run, its steps are taken, and each ends after its expected
 * duration. Runs that cannot differ from the one before are left out: the next one is the first at or after the next
 * moment at which anything that a decision depends on may change.
 *
 * Gates are taken for open. A limit of a run (`hold`, `shown`) is not for the future, and left aside.
 */
export function simulate(declared: RolloutInput, options: SimulationOptions): Simulation {
  const { upgrades, calendar, clusters } = declared;
  const { from, until, every } = options;
  let open = withoutGates(upgrades);
  const stages = stagesByName(open);
  const world = new World(declared, stages, failing(options.failures), from);
  const input = (): RolloutInput => ({ upgrades: open, calendar, clusters: world.clusters, tracks: world.tracks });
  const missed = new MissedWindows(open, from, every);
  const times = new StageTimes(stages);
  const fixed = fixedMoments(input());
  const steps: SimulatedStep[] = [];
  const approvals: SimulatedApproval[] = [];
  // The last run, who was ready in it, and when the next one may be another.
  let last: { readonly at: Date; readonly ready: readonly Decision[]; readonly change: number } = {
    at: from,
    ready: [],
    change: from.getTime(),
  };

  let now = from;
  while (now < until) {
    const { at, ready: before, change: changed } = last;
    for (const opening of missed.withoutRun(at, now)) {
      const opens = new Date(opening.from);
      world.pass(opens);
      missed.passWithoutRun(opening, opening.from < changed ? before : readyClusters(decide(input(), opens)));
    }
    world.pass(now);
    const found = input();
    let rollout = decide(found, now);
    for (const asked of askedApprovals(rollout, found, approvals)) {
      const given = options.withoutApproval !== true;
      approvals.push({ ...asked, asked: now, given });
      if (!given) continue;
      open = approved(open, asked);
      rollout = decide(input(), now);
    }
    missed.note(rollout, now);
    const begun = [
      ...rollout.addOns.flatMap((decision) => world.takeAddOns(decision, now) ?? []),
      ...rollout.decisions.flatMap((decision) => world.take(decision, now) ?? []),
    ];
    steps.push(...begun);
    times.note(found, rollout, begun, now);

    const moment = nextMoment(world, rollout, stages, now);
    const change = Math.min(moment, fixed.find((each) => each > now.getTime()) ?? Infinity);
    const ready = rollout.decisions.filter((decision) => decision.ready);
    last = { at: now, ready, change };
    const next = Math.min(change, missed.next(now, ready));
    if ((isOver(rollout, begun) && world.ends.length === 0) || next === Infinity) break;
    const jump = options.everyRun === true ? now.getTime() + 1 : next;
    now = new Date(from.getTime() + Math.ceil((jump - from.getTime()) / every) * every);
  }

  const done = times.found;
  const through = latest(done.map((stage) => stage.through));
  const soaked = latest(done.map((stage) => stage.soaked));
  const end = soaked ?? until;
  return {
    from,
    until,
    every,
    steps: sorted(steps),
    stages: done,
    approvals,
    missed: missed.found(end),
    support: supportPassed(clusters, steps, calendar, { from, until: end }),
    unreached: unreached(decide(input(), lastRun(options, now))),
    ...(through === undefined ? {} : { through }),
    ...(soaked === undefined ? {} : { soaked }),
    gates: gatesOf(upgrades),
  };
}

/** The run that is the last before the end; the one that was played last, where nothing comes after it. */
function lastRun({ from, until, every }: SimulationOptions, now: Date): Date {
  return now < until
    ? now
    : new Date(from.getTime() + (Math.ceil((until.getTime() - from.getTime()) / every) - 1) * every);
}

/** Stages that only an approval keeps from their first step in this run. */
function askedApprovals(
  { stages: states, decisions, addOns }: Rollout,
  { upgrades: { stages } }: RolloutInput,
  known: readonly SimulatedApproval[],
): { readonly stage: string; readonly revision: string }[] {
  return stages.flatMap(({ name, approval, approved }, index) => {
    const revision = states[index]?.revision ?? "";
    const isMissing = (approval || approved !== undefined) && approved !== revision;
    const isTurn = states.slice(0, index).every(({ complete }) => complete);
    const isWaiting = [...decisions, ...addOns].some(({ stage, action }) => stage === name && action === "wait");
    const isKnown = known.some((each) => each.stage === name);
    return isMissing && isTurn && isWaiting && !isKnown ? [{ stage: name, revision }] : [];
  });
}

function approved(upgrades: RolloutInput["upgrades"], { stage, revision }: { stage: string; revision: string }) {
  const stages = upgrades.stages.map((each) => (each.name === stage ? { ...each, approved: revision } : each));
  return { ...upgrades, stages };
}

/** Nothing is left to do, and nobody is left out who may be back. */
function isOver({ stages, decisions }: Rollout, begun: readonly SimulatedStep[]): boolean {
  return begun.length === 0 && stages.every(({ complete }) => complete) && !decisions.some(isHeld);
}

function isHeld({ action }: Decision): boolean {
  return action === "skipped" || action === "paused";
}

function unreached({ decisions, addOns }: Rollout): Unreached[] {
  const tracks = addOns.map(({ track, ...about }) => ({ ...about, cluster: trackKey(track) }));
  return [...decisions, ...tracks].flatMap(({ cluster, stage, action, reason }) =>
    (action === "done" && reason === "") || action === "ahead" || action === "unmanaged"
      ? []
      : [{ cluster, stage, reason }],
  );
}

/** Undefined where one of them is. */
function latest(dates: readonly (Date | undefined)[]): Date | undefined {
  const known = dates.flatMap((date) => date ?? []);
  return known.length < dates.length ? undefined : new Date(Math.max(...known.map((date) => date.getTime())));
}

function sorted(steps: readonly SimulatedStep[]): SimulatedStep[] {
  return [...steps].sort((a, b) => a.start.getTime() - b.start.getTime() || (a.cluster < b.cluster ? -1 : 1));
}
