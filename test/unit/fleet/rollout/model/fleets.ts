import fc from "fast-check";

import {
  type Freeze,
  type Hold,
  ONLY_STAGE,
  type Override,
  stage,
  type Stage,
  type Upgrades,
  upgrades as upgradesSchema,
  type Window,
} from "../../../../../fleet/config/schema/upgrades";
import { revisionText } from "../../../../../fleet/rollout/revision";
import { type Revision } from "../../../../../fleet/rollout/types";
import { dayWindow, type Scan, ZONES } from "../time/clocks";
import { DAY, type Fate, type Group, HOUR, type Life, MINUTE, type ModelCluster, type World } from "./world";

/** In places whose clocks change within the days that are looked at, or never; tables of few are made once. */
const STARTS = ["2026-03-26", "2026-10-22"].map((day) => Date.parse(day));
const FEW_ZONES = ["Europe/Berlin", "Australia/Lord_Howe", "UTC"];
const STAGES = ["test", "prod", "third", "fourth", "fifth"];

/** Twelve days, and a moment on their fourth. */
export const days: fc.Arbitrary<Scan> = fc
  .record({ start: fc.constantFrom(...STARTS), minute: fc.nat(1439), zone: fc.constantFrom(...FEW_ZONES) })
  .map(({ start, minute, zone }) => ({
    start,
    minutes: (12 * DAY) / MINUTE,
    now: start + 3 * DAY + minute * MINUTE,
    zone,
  }));

export function stageNames(count: number): string[] {
  return count === 0 ? [ONLY_STAGE.name] : STAGES.slice(0, count);
}

const amount = fc.constantFrom<number | string>(1, 1, 2, 3, "25%", "50%", "100%");

export function stages(count: number, extra: fc.Arbitrary<Partial<Stage>>): fc.Arbitrary<Stage[]> {
  const settings = fc.record({
    maxConcurrency: amount,
    maxFailures: fc.constantFrom<number | string>(0, 0, 1, "34%", "50%"),
    soak: fc.constantFrom("0m", "30m", "1h", "1d"),
    stepTimeout: fc.constantFrom("10m", "1h", "4h"),
    nodesAfter: fc.constantFrom("0m", "0m", "2h", "1d"),
  });
  return fc
    .tuple(...STAGES.slice(0, count).map(() => fc.tuple(settings, extra)))
    .map((all) => all.map(([each, more], index) => stage.parse({ name: STAGES[index], ...each, ...more })));
}

/** What a stage may ask for beside its pace; some of it keeps it from starting at all. */
export const extras: fc.Arbitrary<Partial<Stage>> = fc.record(
  {
    stepDuration: fc.constantFrom("20m", "2h"),
    approval: fc.constantFrom(false, false, true),
    startAfter: fc.constantFrom("2026-03-30", "2026-10-25T12:00"),
    gates: fc.constantFrom<Stage["gates"]>([], [], [{ name: "smoke", condition: "Smoke" }]),
  },
  { requiredKeys: [] },
);

/** Zones of few, so that the tables of the clocks are made once. */
export const windows: fc.Arbitrary<Window[]> = fc.array(
  dayWindow.map((window) => ({
    ...window,
    zone: FEW_ZONES[ZONES.indexOf(window.zone) % FEW_ZONES.length] ?? "UTC",
  })),
  { maxLength: 2 },
);

export function freezes({ start, minutes }: Scan): fc.Arbitrary<Freeze[]> {
  const text = fc
    .tuple(fc.integer({ min: 2 * 1440, max: minutes - 2 * 1440 }), fc.boolean())
    .map(([minute, isDay]) => new Date(start + minute * MINUTE).toISOString().slice(0, isDay ? 10 : 16));
  const freeze = fc
    .record(
      {
        ends: fc.tuple(text, text).map((ends) => ends.sort()),
        zone: fc.constantFrom(...FEW_ZONES),
        scope: fc.constantFrom("all" as const, "minor" as const),
        stages: fc.constantFrom<string[]>(["prod"], ["test"]),
      },
      { requiredKeys: ["ends", "zone", "scope"] },
    )
    .map(({ ends: [from = "", to = ""], ...rest }) => ({ from, to, reason: "audit", ...rest }));
  return fc.array(freeze, { maxLength: 2 });
}

export function holds(names: readonly string[], { start }: Scan): fc.Arbitrary<Hold[]> {
  return fc.array(
    fc.record(
      {
        clusters: fc.subarray([...names], { minLength: 1 }),
        until: until(start),
        reason: fc.constant("audit"),
      },
      { requiredKeys: ["clusters", "until", "reason"] },
    ),
    { maxLength: 1 },
  );
}

export function until(start: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 2 * 24, max: 8 * 24 }), fc.boolean())
    .map(([hours, isDay]) => new Date(start + hours * HOUR).toISOString().slice(0, isDay ? 10 : 16));
}

export function overrides(names: readonly string[], { start }: Scan): fc.Arbitrary<Override[]> {
  return fc.array(
    fc
      .record(
        {
          whom: fc.constantFrom({}, { stages: ["test"] }, { stages: ["prod"] }, { clusters: names.slice(0, 1) }),
          ignore: fc.subarray(["windows", "freezes", "soak", "approval"] as const, { minLength: 1 }),
          until: until(start),
        },
        { requiredKeys: ["whom", "ignore", "until"] },
      )
      .map(({ whom, ...rest }) => ({ ...whom, ...rest, ignore: [...rest.ignore], reason: "audit" }) as Override),
    { maxLength: 1 },
  );
}

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

/** A world with whatever may be configured, and the days in which it is looked at. */
export interface Setting {
  readonly scan: Scan;
  readonly world: World;
}

export const anyFleet: fc.Arbitrary<Setting> = fc
  .tuple(days, fc.nat(5), fc.oneof({ weight: 9, arbitrary: fc.constant(6) }, { weight: 1, arbitrary: fc.constant(30) }))
  .chain(([scan, count, most]) =>
    clusters(count, most, scan.now, { isGood: false }).chain((all) => {
      const names = all.map(({ config }) => config.name);
      return fc
        .record({
          stages: stages(count, extras),
          windows: fc.oneof(fc.constant<Upgrades["windows"]>([]), windows),
          freezes: fc.oneof(fc.constant<Upgrades["freezes"]>([]), freezes(scan)),
          pause: holds(names, scan),
          skip: holds(names, scan),
          override: overrides(names, scan),
          forceBefore: fc.option(fc.constantFrom("1d", "30d"), { nil: undefined, freq: 3 }),
        })
        .map((upgrades) => ({ scan, world: { upgrades: forReal(upgrades), clusters: all } }));
    }),
  );

function forReal({ forceBefore, ...upgrades }: Upgrades): Upgrades {
  return { ...upgradesSchema.parse({}), ...upgrades, ...(forceBefore === undefined ? {} : { forceBefore }) };
}
