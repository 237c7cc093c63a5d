import assert from "node:assert/strict";
import fc from "fast-check";

import { decide } from "../../../../../fleet/rollout/decide";
import { type Revision, type Rollout } from "../../../../../fleet/rollout/types";
import { NODES } from "../../../../../fleet/rollout/step-record";
import { isNewer, isWell } from "./facts";
import { goodFleet, type Setting } from "./fleets";
import { apply, DAY, MINUTE, observe, type Reached, type World, WHOLE } from "./world";

export interface Ending extends Setting {
  /** How far the first updates get, cluster after cluster, and then again from the first cluster; all others get through. */
  readonly crashes: readonly (readonly Reached[])[];
}

export const endings: fc.Arbitrary<Ending> = fc
  .tuple(
    goodFleet,
    fc.array(fc.array(fc.constantFrom<Reached>("all", "part", "none"), { minLength: 1, maxLength: 3 }), {
      maxLength: 6,
    }),
  )
  .map(([setting, crashes]) => ({ ...setting, crashes }));

/** Many more than all steps of all clusters, each with its waits. */
const MOST_RUNS = 400;

/** What is declared of a fleet in the end, where a run follows whenever something has changed. */
export function endOf({ world, scan, crashes }: Ending): Record<string, Revision | undefined> {
  let [current, now] = [world, scan.now];
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const rollout = decide(observe(current, now), new Date(now));
    if (isOver(current, rollout, now)) {
      return Object.fromEntries(current.clusters.map(({ config, life }) => [config.name, life?.revision]));
    }
    const names = current.clusters.map(({ config }) => config.name);
    const crash = crashes[run];
    const reached = (name: string) => crash?.[names.indexOf(name) % crash.length] ?? "all";
    current = apply(current, rollout, now, crash === undefined ? WHOLE : reached);
    now = nextMoment(current, rollout, now);
  }
  throw new assert.AssertionError({ message: `has not come to its end after ${MOST_RUNS} runs` });
}

function isOver(world: World, { decisions }: Rollout, now: number): boolean {
  const { clusters } = observe(world, now);
  const isWhole = clusters.every(({ live }) => live !== undefined && isWell(live));
  return isWhole && decisions.every(({ action }) => action === "done" || action === "ahead");
}

/** When something is over: a step, a wait, a pause. */
function nextMoment({ upgrades, clusters }: World, { decisions }: Rollout, now: number): number {
  const acts = decisions.some(({ action }) => ["create", "adopt", "step", "nodes"].includes(action));
  const moments = [
    ...(acts ? [now + 10 * MINUTE] : []),
    ...decisions.flatMap(({ next }) => next?.getTime() ?? []),
    ...clusters.flatMap(({ life }) =>
      life === undefined
        ? []
        : [life.until, life.awayUntil, life.basedAt ?? 0, ...(life.groups ?? []).map(({ until }) => until)],
    ),
    ...clusters.map(({ config, life }) =>
      life?.step?.from === NODES ? Date.parse(life.step.started) + config.stepMs : 0,
    ),
    ...upgrades.pause.map(({ until }) => (until.length === 10 ? Date.parse(until) + DAY : Date.parse(`${until}Z`))),
  ];
  const next = Math.min(...moments.filter((moment) => moment > now));
  const waits = decisions.map(({ cluster, action, reason }) => `${cluster} ${action}: ${reason}`);
  assert.ok(Number.isFinite(next), `nothing will ever change: ${waits.join("; ")}`);
  return next;
}

/** At its target, or where it was if that was newer. */
export function expectedEnd({ world }: Ending): Record<string, Revision> {
  return Object.fromEntries(
    world.clusters.map(({ config: { name, target }, life }) => [
      name,
      life !== undefined && isNewer(life.revision.kubernetes, target.kubernetes) ? life.revision : target,
    ]),
  );
}
