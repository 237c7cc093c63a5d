import { type Amount } from "../../../../../fleet/config/schema/times";
import {
  type Freeze,
  type Hold,
  type Override,
  type Stage,
  type Upgrades,
} from "../../../../../fleet/config/schema/upgrades";
import {
  type LiveCluster,
  type Revision,
  type RolloutCluster,
  type RolloutInput,
} from "../../../../../fleet/rollout/types";
import { frozenMinutes, type Scan, startsOf } from "../time/clocks";
import { DAY, MINUTE } from "./world";

/*
 * What holds of a fleet at a moment, found out slowly and anew: nothing here asks the code under test.
 */

export function span(text: string): number {
  const unit = { m: 1, h: 60, d: 1440 }[text.slice(-1)] ?? NaN;
  return Number(text.slice(0, -1)) * unit * MINUTE;
}

function share(amount: Amount, total: number): number {
  return typeof amount === "number" ? amount : Math.floor((parseInt(amount) * total) / 100);
}

export function mostAtATime({ maxConcurrency }: Stage, total: number): number {
  return parseInt(String(maxConcurrency)) === 0 ? 0 : Math.max(1, share(maxConcurrency, total));
}

export function mayFail({ maxFailures }: Stage, total: number): number {
  return share(maxFailures, total);
}

function lasts({ until }: Hold | Override, now: number): boolean {
  return now < (until.length === 10 ? Date.parse(until) + DAY : Date.parse(`${until}Z`));
}

function isFor({ clusters, stages }: Hold | Override, { name, stage }: RolloutCluster): boolean {
  return clusters === undefined && stages === undefined
    ? true
    : (clusters?.includes(name) ?? false) || (stages?.includes(stage) ?? false);
}

export function isHeld(list: readonly Hold[], cluster: RolloutCluster, now: number): boolean {
  return list.some((hold) => lasts(hold, now) && isFor(hold, cluster));
}

export function isSkipped(cluster: RolloutCluster, { skip }: Upgrades, now: number): boolean {
  return cluster.skipped !== undefined || isHeld(skip, cluster, now);
}

export function isPaused(cluster: RolloutCluster, { pause }: Upgrades, now: number): boolean {
  return cluster.paused !== undefined || isHeld(pause, cluster, now);
}

/** Whether the soak of a stage is overridden: by an entry for it, or for all. */
export function soakIsOff(stage: string, { override }: Upgrades, now: number): boolean {
  return override.some(
    (entry) =>
      lasts(entry, now) &&
      entry.ignore.includes("soak") &&
      (entry.stages?.includes(stage) ?? entry.clusters === undefined),
  );
}

/** Whether an override, or the end of support, frees a cluster of a rule. */
export function isFree(
  rule: "windows" | "freezes" | "approval",
  cluster: RolloutCluster,
  { upgrades, calendar }: RolloutInput,
  now: number,
): boolean {
  const overridden = upgrades.override.some(
    (entry) => lasts(entry, now) && entry.ignore.includes(rule) && isFor(entry, cluster),
  );
  const [, minor] = /^v(\d+\.\d+)/.exec(cluster.live?.revision.kubernetes ?? "") ?? [];
  const row = calendar[cluster.distribution].find((support) => support.minor === minor);
  const forced =
    upgrades.forceBefore !== undefined &&
    row !== undefined &&
    now + span(upgrades.forceBefore) >= Date.parse(row.standardEnds);
  return overridden || forced;
}

export function isWell({ settled, available, base, nodeGroups = [] }: LiveCluster): boolean {
  return settled && available && base?.applied !== false && nodeGroups.every(({ ready }) => ready);
}

/** Its node groups follow, and by the estimate their machines are not there yet. */
function isReplacing({ live, stepMs }: RolloutCluster, stage: Stage, now: number): boolean {
  return now < replacedBy(live, stepMs, stage);
}

function replacedBy(live: LiveCluster | undefined, stepMs: number, { stepDuration }: Stage): number {
  const whole = stepDuration === undefined ? stepMs : span(stepDuration);
  const nodes = whole > 30 * MINUTE ? whole - 15 * MINUTE : whole / 2;
  return live?.step?.from === "nodes" ? Date.parse(live.step.started) + nodes : 0;
}

/** What lives is what its last step made. */
function isOfItsStep({ step, revision }: LiveCluster): boolean {
  const made = step?.to.split(" ") ?? [];
  return (
    step !== undefined &&
    [revision.kubernetes, revision.class].every((part) => part === undefined || made.includes(part))
  );
}

export function hasFailed({ live }: RolloutCluster, { stepTimeout }: Stage, now: number): boolean {
  if (live === undefined || isWell(live)) return false;
  const sinceStep = live.step === undefined ? Infinity : now - Date.parse(live.step.started);
  if (live.terminal !== undefined && sinceStep >= 15 * MINUTE) return true;
  const timeout = span(stepTimeout);
  return (
    isOfItsStep(live) &&
    now - Date.parse(live.step?.started ?? "") > timeout &&
    now - Date.parse(live.since) > Math.min(timeout, 15 * MINUTE)
  );
}

export function isMoving(cluster: RolloutCluster, stage: Stage, now: number): boolean {
  const { live } = cluster;
  return (
    live !== undefined &&
    isOfItsStep(live) &&
    (!isWell(live) || isReplacing(cluster, stage, now)) &&
    !hasFailed(cluster, stage, now)
  );
}

export function numbers(version: string | undefined): [minor: number, patch: number] {
  const [, minor, patch] = /^v1\.(\d+)\.(\d+)/.exec(version ?? "") ?? [];
  return [Number(minor), Number(patch)];
}

export function isNewer(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [numbers(one), numbers(other)];
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

export function equal(one: Revision, other: Revision): boolean {
  return (["kubernetes", "class", "machines", "base"] as const).every((part) => one[part] === other[part]);
}

export function isBehind({ live }: RolloutCluster): boolean {
  return live?.nodeGroups?.some(({ behind }) => behind) ?? false;
}

export function isThrough(cluster: RolloutCluster, stage: Stage, now: number): boolean {
  const { live, target } = cluster;
  return (
    live !== undefined &&
    isWell(live) &&
    !isBehind(cluster) &&
    !isReplacing(cluster, stage, now) &&
    (equal(live.revision, target) || isNewer(live.revision.kubernetes, target.kubernetes))
  );
}

/** Since when a cluster is as it is: steps of labels and of node groups leave its conditions as they were. */
export function restsSince({ live, stepMs }: RolloutCluster, stage: Stage): number {
  const { since = "", step, base } = live ?? {};
  const times = [since, step?.started ?? since, base?.since ?? since].map((time) => Date.parse(time));
  return Math.max(...times, replacedBy(live, stepMs, stage));
}

/** Whether every minute of a step from `now` on lies in windows and outside freezes. */
export function hasTime(
  step: { readonly stage: string; readonly ms: number; readonly isMinor: boolean },
  { windows, freezes }: Pick<Upgrades, "windows" | "freezes">,
  scan: Scan,
  now: number,
): boolean {
  const mine = ({ stages }: { readonly stages?: readonly string[] | undefined }) =>
    stages?.includes(step.stage) ?? true;
  const first = Math.floor((now - scan.start) / MINUTE);
  const end = Math.ceil((now + step.ms - scan.start) / MINUTE);
  const openings = windows
    .filter(mine)
    .flatMap((window) =>
      startsOf(window, scan).map((start) => [start, start + span(window.duration) / MINUTE] as const),
    );
  const frozen = freezes.filter(mine).filter((freeze) => counts(freeze, step.isMinor));
  const closed = frozen.map((freeze) => frozenMinutes(freeze, scan));
  const within =
    (minute: number) =>
    ([from, to]: readonly [number, number]) =>
      from <= minute && minute < to;
  for (let minute = first; minute < end; minute += 1) {
    if (windows.some(mine) && !openings.some(within(minute))) return false;
    if (closed.some(within(minute))) return false;
  }
  return true;
}

function counts({ scope }: Freeze, isMinor: boolean): boolean {
  return scope === "all" || isMinor;
}
