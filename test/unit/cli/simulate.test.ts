import assert from "node:assert/strict";

import { simulationDocument } from "../../../cli/simulate/document";
import { simulationWish, type SimulationValues } from "../../../cli/simulate/options";
import { play, playedFrom, type Played } from "../../../cli/simulate/play";
import { printSimulation } from "../../../cli/simulate/report";
import { stackContext } from "../../../cli/stack-context";
import { calendar } from "../../../fleet/versions";
import { rawConfig } from "../fleet/fixtures";
import { cluster, FROM, HOUR, rules } from "../fleet/rollout/simulate/fixtures";
import { memoryOutput } from "./memory-output";

const NOW = new Date("2026-11-30T05:12:00Z");
const RULES = {
  stages: [{ name: "canary" }, { name: "main", maxConcurrency: 2, approval: true }],
  windows: [{ days: ["Tue"], start: "02:00", duration: "3h", zone: "Europe/Berlin" }],
};

function played(names: Record<string, string>, values: SimulationValues = {}): Played {
  const clusters = Object.entries(names).map(([name, stage]) => cluster(name, { stage }));
  const input = { upgrades: rules(RULES), calendar: calendar(), clusters };
  return playedFrom("production", input, simulationWish(values, NOW));
}

const FLEET = { "prod-a": "canary", "prod-b": "main", "prod-c": "main", "prod-d": "main" };

function printed(simulation: Played, clusters = false): string[] {
  const { out, stdout } = memoryOutput();
  printSimulation(simulation, out, { clusters });
  return stdout().trimEnd().split("\n");
}

describe("fleet simulate", () => {
  it("prints what comes out, the stages, the calendar, missed windows and warnings", () => {
    assert.deepEqual(printed(played(FLEET, { from: "2026-11-30T06:00" })), [
      "production",
      "The fleet is through on Tue 2026-12-08 03:00, after 8 days, and has soaked on Tue 2026-12-08 04:00.",
      "All 4 clusters are at their target; 4 steps in all.",
      "Times are Europe/Berlin; a run every 1 h from Mon 2026-11-30 07:00 on.",
      "Approvals are taken as given in the run that asks for them.",
      "",
      "STAGE   CLUSTERS  BEGINS                THROUGH               SOAKED                IN THE END",
      "canary  1         Tue 2026-12-01 02:00  Tue 2026-12-01 03:00  Tue 2026-12-01 04:00  1 done",
      "main    3         Tue 2026-12-01 04:00  Tue 2026-12-08 03:00  Tue 2026-12-08 04:00  3 done",
      "",
      "DAY             WINDOW       STAGE   STEP                CLUSTERS",
      "Tue 2026-12-01  02:00-05:00  canary  v1.34.3 -> v1.35.2  1: prod-a",
      "                             main    v1.34.3 -> v1.35.2  2: prod-b, prod-c",
      "Tue 2026-12-08  02:00-05:00  main    v1.34.3 -> v1.35.2  1: prod-d",
      "",
      "Missed windows: in 1 opening clusters that were ready did not start.",
      "  Tue 2026-12-01 02:00, windows[0], stage main: 1 cluster (prod-d): waits for its turn: stage main",
      "    moves 2 at a time",
      "",
      "Stage main asks for approval of rev-3db516a45b on Tue 2026-12-01 04:00.",
      "Upstream's support of 1.34 ended on 2026-10-27 with 4 clusters on it; the last leaves it on Tue",
      "2026-12-08; nobody mends it.",
    ]);
  });

  it("lists every step where it is asked to", () => {
    assert.deepEqual(printed(played(FLEET), true).slice(10, 14), [
      "START                 END                   STAGE   CLUSTER  STEP",
      "Tue 2026-12-01 02:00  Tue 2026-12-01 03:00  canary  prod-a   v1.34.3 -> v1.35.2",
      "Tue 2026-12-01 04:00  Tue 2026-12-01 05:00  main    prod-b   v1.34.3 -> v1.35.2",
      "Tue 2026-12-01 04:00  Tue 2026-12-01 05:00  main    prod-c   v1.34.3 -> v1.35.2",
    ]);
  });

  it("says why clusters are never there", () => {
    assert.deepEqual(printed(played(FLEET, { fail: "prod-a" })), [
      "production",
      "The fleet is not through by Tue 2028-01-04: 0 of 4 clusters are at their target then; 1 step in all.",
      "Times are Europe/Berlin; a run every 1 h from Mon 2026-11-30 07:00 on.",
      "",
      "STAGE   CLUSTERS  BEGINS                THROUGH  SOAKED  IN THE END",
      "canary  1         Tue 2026-12-01 02:00  halted   -       0 done, 1 failed",
      "main    3         -                     never    -       0 done",
      "",
      "DAY             WINDOW       STAGE   STEP                CLUSTERS",
      "Tue 2026-12-01  02:00-05:00  canary  v1.34.3 -> v1.35.2  1: prod-a; fails",
      "",
      "Upstream's support of 1.34 ended on 2026-10-27 with 4 clusters on it; some never leave it; nobody",
      "mends it.",
      "Not at their target in the end (1): prod-a; stage canary: has not settled since",
      "2026-12-01T01:00:00.000Z: fails in this simulation.",
      "Not at their target in the end (3): prod-b, prod-c, prod-d; stage main: stage canary is halted: 1",
      "failed, 0 may (prod-a).",
    ]);
  });

  it("has the same as JSON, null where something never comes", () => {
    const few = { "prod-a": "canary", "prod-b": "main" };
    const document = simulationDocument(played(few, { fail: "prod-a", days: "3" }));
    const stage = { revision: "rev-3db516a45b", clusters: 1, done: 0, through: null, soaked: null };
    assert.deepEqual(JSON.parse(JSON.stringify(document)), {
      stack: "production",
      assumedVersion: null,
      zone: "Europe/Berlin",
      from: "2026-11-30T06:00:00.000Z",
      until: "2026-12-03T06:00:00.000Z",
      everySeconds: 3600,
      clusters: 2,
      through: null,
      soaked: null,
      stages: [
        { ...stage, name: "canary", failed: 1, halted: true, begins: "2026-12-01T01:00:00.000Z" },
        { ...stage, name: "main", failed: 0, halted: false, begins: null },
      ],
      steps: [
        {
          cluster: "prod-a",
          stage: "canary",
          kind: "step",
          from: { kubernetes: "v1.34.3" },
          to: { kubernetes: "v1.35.2" },
          changes: [],
          start: "2026-12-01T01:00:00.000Z",
          end: null,
        },
      ],
      missed: [],
      approvals: [],
      gates: [],
      support: [
        {
          distribution: "kubernetes",
          minor: "1.34",
          ends: "2026-10-27",
          forced: null,
          clusters: ["prod-a", "prod-b"],
          left: null,
          usd: 0,
        },
      ],
      unreached: [
        {
          cluster: "prod-a",
          stage: "canary",
          reason: "has not settled since 2026-12-01T01:00:00.000Z: fails in this simulation",
        },
        { cluster: "prod-b", stage: "main", reason: "stage canary is halted: 1 failed, 0 may (prod-a)" },
      ],
    });
  });

  it("refuses to have a cluster fail that there is none of", () => {
    const unknown = () => played(FLEET, { fail: "prod-a,prod-e" });
    assert.throws(unknown, { name: "UsageError", message: "--fail: there is no cluster prod-e. Did you mean prod-a?" });
  });

  it("asks no management cluster where every cluster is taken to live at a version", async () => {
    const config = Object.entries(rawConfig()).map(([key, value]) => [
      `cluster-fleet:${key}`,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]);
    const run = (args: readonly string[]) =>
      args[0] === "config"
        ? Promise.resolve(JSON.stringify(Object.fromEntries(config)))
        : Promise.reject(new Error(`pulumi ${args.join(" ")} was called`));
    const stack = stackContext({ name: "production", env: {}, run });
    const { simulation, assumedVersion } = await play(stack, simulationWish({ "assume-version": "v1.34.3" }, NOW));
    assert.equal(assumedVersion, "v1.34.3");
    assert.deepEqual(
      simulation.steps.map(({ cluster: name, from, to }) => [name, from.kubernetes, to.kubernetes]),
      [["prod-us-west-2", "v1.34.3", "v1.35.2"]],
    );
  });
});

describe("the options of fleet simulate", () => {
  it("have runs from the next full hour on, for 400 days", () => {
    const { from, until, every } = simulationWish({}, NOW);
    assert.deepEqual([from, every], [FROM, HOUR]);
    assert.equal(until.getTime() - from.getTime(), 400 * 24 * HOUR);
    assert.deepEqual(simulationWish({ every: "1d" }, NOW).from, new Date("2026-12-01T00:00:00Z"));
  });

  for (const [values, message] of [
    [{ every: "0m" }, "--every is not a length of time (got 0m). Write one such as 30m, 1h or 1d."],
    [{ every: "often" }, "--every is not a length of time (got often). Write one such as 30m, 1h or 1d."],
    [
      { from: "tomorrow" },
      "--from is not a moment in UTC (got tomorrow). Write one such as 2026-12-24 or 2026-12-24T18:00.",
    ],
    [{ days: "0" }, "--days takes a whole number from 1 to 3660 (got 0)."],
    [{ "fail-rate": "2" }, "--fail-rate is not a share (got 2). Write one such as 2%."],
    [{ seed: "1" }, "--seed needs --fail-rate. Add it, or leave --seed out."],
    [{ "fail-rate": "2%", seed: "x" }, "--seed takes a whole number from 0 to 1000000 (got x)."],
    [{ "assume-version": "1.34" }, "--assume-version is not a version (got 1.34). Write it in full, such as v1.34.3."],
    [{ zone: "CET" }, "--zone is not the name of a time zone (got CET). Write one such as Europe/Berlin."],
  ] as const) {
    it(`refuse ${JSON.stringify(values)}`, () => {
      assert.throws(() => simulationWish(values, NOW), { name: "UsageError", message });
    });
  }
});
