import fc from "fast-check";

import {
  type Freeze,
  type Hold,
  ONLY_STAGE,
  type Override,
  stage,
  type Stage,
  type Window,
} from "../../../../../fleet/config/schema/upgrades";
import { dayWindow, type Scan, ZONES } from "../time/clocks";
import { DAY, HOUR, MINUTE } from "./world";

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

/** Long enough for every step, and open every week. */
export const goodWindows: fc.Arbitrary<Window[]> = fc.array(
  fc.record(
    {
      days: fc.constantFrom<Window["days"]>(["Tue"], ["Sat", "Sun"]),
      start: fc.constantFrom("00:30", "02:30", "22:00"),
      stages: fc.constantFrom<string[]>(["test"], ["prod"]),
      duration: fc.constantFrom("90m", "4h", "24h"),
      zone: fc.constantFrom(...FEW_ZONES),
    },
    { requiredKeys: ["start", "duration", "zone"] },
  ),
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

function until(start: number): fc.Arbitrary<string> {
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
