import assert from "node:assert/strict";
import fc from "fast-check";

import { type RolloutCluster } from "../../../../../fleet/rollout/types";
import { cluster, HOUR, live, played } from "./fixtures";

const windows = fc.record(
  {
    days: fc.uniqueArray(fc.constantFrom("Mon", "Tue", "Wed", "Sat"), { minLength: 1 }),
    start: fc.constantFrom("00:00", "02:30", "13:00", "23:10"),
    duration: fc.constantFrom("20m", "2h", "5h", "30h"),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata"),
    stages: fc.constantFrom(["first"], ["second"], ["first", "second"]),
  },
  { requiredKeys: ["duration", "days", "start"] },
);

const freezes = fc.record(
  {
    from: fc.constantFrom("2026-12-02", "2026-12-05T03:00"),
    to: fc.constantFrom("2026-12-06", "2026-12-12T18:30"),
    scope: fc.constantFrom("all", "minor"),
    reason: fc.constant("sale"),
  },
  { requiredKeys: ["from", "to", "reason"] },
);

const until = fc.constantFrom("2026-12-01", "2026-12-04T05:20", "2026-12-20");
const targets = fc.constantFrom({}, { stages: ["first"] }, { stages: ["second"] }, { clusters: ["c0", "c3"] });
const holds = fc.tuple(targets, until).map(([of, until]) => ({ ...of, until, reason: "because" }));
const overrides = fc
  .tuple(holds, fc.constantFrom(["windows"], ["freezes", "soak"], ["approval"]))
  .map(([hold, ignore]) => ({ ...hold, ignore }));

const stage = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      maxConcurrency: fc.constantFrom(1, 2, "50%"),
      maxFailures: fc.constantFrom(0, 1, "50%"),
      soak: fc.constantFrom("0m", "90m", "2d"),
      stepTimeout: fc.constantFrom("40m", "4h"),
      stepDuration: fc.constantFrom("10m", "70m", "5h"),
      nodesAfter: fc.constantFrom("0m", "36h"),
      approval: fc.boolean(),
      startAfter: fc.constantFrom("2026-12-01T07:15", "2026-12-03"),
    },
    { requiredKeys: ["name"] },
  );

const lives = fc.constantFrom(
  live(),
  live({ revision: { kubernetes: "v1.33.1" } }),
  live({ revision: { kubernetes: "v1.35.2" } }),
  live({ revision: { kubernetes: "v1.34.0" }, nodeGroups: [{ version: "v1.34.0", ready: true, behind: false }] }),
  live({ revision: { kubernetes: "v1.34.0" }, nodeGroups: [{ version: "v1.33.0", ready: true, behind: true }] }),
  live({ ours: false }),
  live({ settled: false, reason: "RollingOut", since: "2026-11-30T05:50:00Z" }),
  live({
    settled: false,
    since: "2026-11-30T05:50:00Z",
    step: { from: "v1.33.0", to: "v1.34.3", started: "2026-11-30T05:40:00Z" },
  }),
  undefined,
);

const clusters = fc.array(
  fc.tuple(fc.constantFrom("first", "second"), lives, fc.integer({ min: 10, max: 200 }), fc.boolean()),
  {
    minLength: 1,
    maxLength: 6,
  },
);

function made(
  [stage, alive, minutes, onEks]: [string, ReturnType<typeof live> | undefined, number, boolean],
  index: number,
) {
  const { live: _live, ...rest } = cluster(`c${index}`, {
    stage,
    stepMs: minutes * 60_000,
    distribution: onEks ? "eks" : "kubernetes",
  });
  return { ...rest, ...(alive === undefined ? {} : { live: alive }) } satisfies RolloutCluster;
}

const fleets = fc.record({
  upgrades: fc.record(
    {
      stages: fc.tuple(stage("first"), stage("second")),
      windows: fc.array(windows, { maxLength: 3 }),
      freezes: fc.array(freezes, { maxLength: 2 }),
      pause: fc.array(holds, { maxLength: 1 }),
      skip: fc.array(holds, { maxLength: 1 }),
      override: fc.array(overrides, { maxLength: 1 }),
      forceBefore: fc.constantFrom("1d", "100d"),
    },
    { requiredKeys: ["stages"] },
  ),
  clusters,
  every: fc.constantFrom(HOUR, 4 * HOUR, 24 * HOUR),
  rate: fc.constantFrom(0, 0.3),
  withoutApproval: fc.boolean(),
});

describe("a simulation that leaves runs out", () => {
  it("says the same as one that plays every run", () => {
    fc.assert(
      fc.property(fleets, ({ upgrades, clusters, every, rate, withoutApproval }) => {
        const options = { every, withoutApproval, failures: { rate }, until: new Date("2026-12-10T06:00:00Z") };
        const members = clusters.map(made);
        assert.deepEqual(played(upgrades, members, options), played(upgrades, members, { ...options, everyRun: true }));
      }),
      { numRuns: 25 },
    );
  }).timeout(120_000);
});
