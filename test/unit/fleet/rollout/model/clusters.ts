import fc from "fast-check";

import { revisionText } from "../../../../../fleet/rollout/revision";
import { type Revision } from "../../../../../fleet/rollout/types";
import { stageNames } from "./rules";
import { type Fate, type Group, type Life, MINUTE, type ModelCluster } from "./world";

const fate: fc.Arbitrary<Fate> = fc.record({
  minutes: fc.integer({ min: 1, max: 90 }),
  ends: fc.constantFrom("well", "well", "well", "late", "never", "terminal"),
});
const goodFate: fc.Arbitrary<Fate> = fc.record({
  minutes: fc.integer({ min: 1, max: 90 }),
  ends: fc.constantFrom("well", "well", "well", "late"),
});

/** The minor and patch at which a fleet is to end, and its class. */
interface Goal {
  readonly minor: number;
  readonly patch: number;
  readonly rest: Omit<Revision, "kubernetes">;
}

const goal: fc.Arbitrary<Goal> = fc.record({
  minor: fc.integer({ min: 34, max: 37 }),
  patch: fc.integer({ min: 0, max: 3 }),
  rest: fc.record(
    {
      class: fc.constantFrom("class-a", "class-b"),
      machines: fc.constantFrom("small", "large"),
      base: fc.constantFrom("base-1", "base-2"),
    },
    { requiredKeys: ["class", "machines"] },
  ),
});

interface Kind {
  /** Fleets that always come to their end: nothing that only a person could mend. */
  readonly isGood: boolean;
}

/** A cluster, alive or not, somewhere on its way to the fleet's goal. */
function cluster(
  name: string,
  stageName: string,
  fleetGoal: Goal,
  now: number,
  kind: Kind,
): fc.Arbitrary<ModelCluster> {
  return fc
    .record({
      isEks: fc.constantFrom(false, false, true),
      other: fc.option(goal, { freq: 4 }),
      stepMs: fc.constantFrom(1, 20, 60).map((minutes) => minutes * MINUTE),
      fates: fc.array(kind.isGood ? goodFate : fate, { minLength: 1, maxLength: 3 }),
      paused: fc.constantFrom(false, false, false, !kind.isGood),
      isBlocked: fc.constantFrom(false, false, false, !kind.isGood),
      life: fc.option(life(fleetGoal, now, kind), { freq: 8, nil: undefined }),
    })
    .map(({ isEks, other, stepMs, fates, paused, isBlocked, life }) => {
      const to = other ?? fleetGoal;
      const version = (minor: number, patch: number) => `v1.${minor}.${isEks ? 0 : patch}`;
      const target = { kubernetes: version(to.minor, to.patch), ...to.rest };
      const through = (minor: string) => ({
        ...to.rest,
        kubernetes: minor === `1.${to.minor}` ? target.kubernetes : version(Number(minor.slice(2)), 9),
      });
      const config = {
        name,
        stage: stageName,
        distribution: isEks ? ("eks" as const) : ("kubernetes" as const),
        target,
        stepMs,
        through,
        ...(isBlocked ? { blocked: () => "an add-on does not take it" } : {}),
        ...(paused ? { paused: "Cluster API leaves it alone" } : {}),
      };
      return { config, fates, ...(life === undefined ? {} : { life: life(version, isEks) }) };
    });
}

type MakeLife = (version: (minor: number, patch: number) => string, isEks: boolean) => Life;

function life(fleetGoal: Goal, now: number, { isGood }: Kind): fc.Arbitrary<MakeLife> {
  return fc
    .record({
      back: fc.constantFrom(0, 0, 1, 1, 2, 3, 4, isGood ? 0 : -1),
      patch: fc.integer({ min: 0, max: 3 }),
      rest: fc.oneof(
        fc.constant(fleetGoal.rest),
        goal.map(({ rest }) => rest),
      ),
      ours: fc.constantFrom(true, true, true, true, false),
      state: fc.constantFrom("settled", "settled", "settled", "moving", isGood ? "settled" : "stuck", "away"),
      ago: fc.integer({ min: 0, max: 600 }),
      record: fc.constantFrom("its own", "its own", "none", isGood ? "none" : "another"),
      groups: fc.array(fc.record({ isOld: fc.boolean(), outdated: fc.boolean(), isBusy: fc.boolean() }), {
        minLength: 1,
        maxLength: 2,
      }),
      terminal: fc.constantFrom(false, false, true),
      smoke: fc.boolean(),
    })
    .map((drawn) => (version, isEks) => {
      const minor = Math.min(37, fleetGoal.minor - drawn.back);
      const revision = { kubernetes: version(minor, drawn.patch), ...drawn.rest };
      const began = now - drawn.ago * MINUTE;
      const busy = drawn.state === "moving" ? now + 30 * MINUTE : drawn.state === "stuck" ? Infinity : began;
      const group = ({ isOld, outdated, isBusy }: (typeof drawn.groups)[number]): Group => ({
        version: isOld ? version(minor - 1, 0) : revision.kubernetes,
        outdated,
        until: isBusy ? now + 20 * MINUTE : began,
      });
      const to = drawn.record === "its own" ? revisionText(revision) : "v1.30.1 class-x";
      return {
        revision,
        ours: drawn.ours,
        changed: began,
        until: busy,
        terminal: drawn.state === "stuck" && drawn.terminal,
        awayUntil: drawn.state === "away" ? now + 10 * MINUTE : 0,
        taken: 0,
        ...(drawn.record === "none" ? {} : { step: { from: "v1.30.0", to, started: new Date(began).toISOString() } }),
        ...(isEks ? { groups: drawn.groups.map(group) } : {}),
        conditions: drawn.smoke ? ["Available", "Smoke"] : ["Available"],
        annotations: {},
      };
    });
}

/** The clusters of a fleet; each in one of so many stages. */
export function clusters(stageCount: number, most: number, now: number, kind: Kind): fc.Arbitrary<ModelCluster[]> {
  return fc
    .tuple(goal, fc.array(fc.nat(Math.max(0, stageCount - 1)), { minLength: 1, maxLength: most }))
    .chain(([fleetGoal, places]) =>
      fc.tuple(
        ...places.map((place, index) => {
          const name = `c-${String(index).padStart(2, "0")}`;
          return cluster(name, stageNames(stageCount)[place] ?? "", fleetGoal, now, kind);
        }),
      ),
    );
}
