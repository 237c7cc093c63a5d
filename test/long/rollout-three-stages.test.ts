import * as assert from "node:assert/strict";

import { assertSays, classRevision, cluster, fleetConfig, inOrder, startup, succeeded } from "../engine/fleets";
import { withSandbox } from "../engine/harness";
import { type TestStack } from "../engine/test-stack";
import { RolloutJournal } from "./rollout-journal";

const ENVIRONMENT = "three-stages";
const STAGES = [
  { name: "canary", clusters: ["canary-1"], maxConcurrency: 1, soak: "24h" },
  { name: "early", clusters: ["early-1", "early-2"], maxConcurrency: 1, soak: "24h" },
  { name: "rest", clusters: ["rest-1", "rest-2", "rest-3"], maxConcurrency: 2, soak: "0m" },
];
/** Clocks in Berlin go forward in the night in which the last stage moves. */
const WINDOWS = [
  { days: ["Tue", "Wed", "Thu"], start: "09:00", duration: "6h", zone: "Europe/Berlin", stages: ["canary", "early"] },
  { days: ["Sat"], start: "23:00", duration: "5h", zone: "Europe/Berlin", stages: ["rest"] },
];
const [A, B] = ["0s", "1ms"].map((time) => ({ startup: time, name: classRevision(time).name })) as [Class, Class];

interface Class {
  readonly startup: string;
  readonly name: string;
}

function fleet(version: string, { startup: time }: Class): Record<string, unknown> {
  const members = STAGES.flatMap(({ name, clusters }) =>
    clusters.map((each) => [each, { ...cluster({ workers: each.endsWith("-1") ? 1 : 0 }), version, stage: name }]),
  );
  const supported = { standardEnds: "2999-01-01" };
  return fleetConfig(ENVIRONMENT, Object.fromEntries(members) as Record<string, object>, {
    "cluster-fleet:classes": startup(time),
    "cluster-fleet:versions": {
      kubernetes: { "1.34": supported, "1.35": { standardEnds: "2999-01-02" }, "1.36": { standardEnds: "2999-01-03" } },
    },
    "cluster-fleet:upgrades": {
      stages: STAGES.map(({ name, maxConcurrency, soak }) => ({ name, maxConcurrency, soak })),
      windows: WINDOWS,
    },
  });
}

/** The controllers work in their own time; days pass for the program alone. */
describe("six clusters in three stages, two minors on", function () {
  this.timeout(1_800_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let journal: RolloutJournal;

  before("a fleet in v1.34", async () => {
    stack = sandbox().stack(ENVIRONMENT, fleet("v1.34.3", A));
    journal = new RolloutJournal(sandbox(), stack, STAGES, { version: "v1.36.1", classRef: A.name });
    succeeded(await stack.up());
    await journal.settle();
    stack.configure(fleet("v1.36.1", A));
  });
  after(() => journal.close());

  const moves = async (...moments: string[]): Promise<string[][]> => {
    const runs: string[][] = [];
    for (const at of moments) runs.push((await journal.run(at)).moved);
    return runs;
  };

  it("wait for their window, which the preview names", async () => {
    const { moved, said } = await journal.run("2060-03-23T07:59Z");
    assert.deepEqual(moved, []);
    assert.match(said, /canary-1 +canary +v1\.34\.3 -> v1\.36\.1 +wait +.* Tue 2060-03-23 09:00 Europe\/Berlin/);
  });

  it("go by one minor at a time, the canary first", async () => {
    const runs = await moves("2060-03-23T08:00Z", "2060-03-23T09:00Z", "2060-03-23T10:00Z");
    assert.deepEqual(runs, [["canary-1 1.34 -> 1.35"], ["canary-1 1.35 -> 1.36"], []]);
  });

  it("leave the canary alone for its soak, and then go one by one, the oldest first", async () => {
    const { moved, said } = await journal.run("2060-03-24T08:55Z");
    assert.deepEqual(moved, []);
    assert.match(said, /stage canary soaks for another \d min/);
    const day = ["09:05", "10:00", "11:00", "12:00"].map((time) => `2060-03-24T${time}Z`);
    const steps = ["early-1 1.34 -> 1.35", "early-2 1.34 -> 1.35", "early-1 1.35 -> 1.36", "early-2 1.35 -> 1.36"];
    assert.deepEqual(
      await moves(...day),
      steps.map((step) => [step]),
    );
  });

  it("wait for Saturday once they have soaked, and take no step that their preview did not show", async () => {
    const { moved, said } = await journal.run("2060-03-25T12:30Z");
    assert.deepEqual(moved, []);
    assert.match(said, /rest-1 and 2 more +rest +v1\.34\.3 -> v1\.36\.1 +wait +.* Sat 2060-03-27 23:00 Europe\/Berlin/);
    const late = await journal.run("2060-03-27T22:00Z", "2060-03-27T21:59Z");
    assert.deepEqual(late.moved, []);
    assertSays(late.said, "was not in the preview: the next run may move it");
  });

  it("are killed in the middle of a step of two, and go on from what lives", async () => {
    const first = await journal.killedRun("2060-03-27T22:00Z");
    const next = await journal.run("2060-03-27T22:30Z");
    assert.deepEqual([...first, ...next.moved].filter((move) => move.endsWith("1.34 -> 1.35")).sort(), [
      "rest-1 1.34 -> 1.35",
      "rest-2 1.34 -> 1.35",
      "rest-3 1.34 -> 1.35",
    ]);
  });

  it("come to their end within the window, which is an hour of the clock longer in that night", async () => {
    await journal.run("2060-03-28T01:00Z");
    await journal.run("2060-03-28T02:30Z");
    const places = await journal.places();
    for (const [name, place] of places) assert.deepEqual(place, journal.target, name);
    const { moved, said } = await journal.run("2060-03-28T04:00Z");
    assert.deepEqual(moved, []);
    assert.doesNotMatch(said, /Rollout at/);
  });

  it("go to another class and, in the middle of that, back: only those that had gone", async () => {
    stack.configure(fleet("v1.36.1", B));
    journal.target = { version: "v1.36.1", classRef: B.name };
    assert.deepEqual(await moves("2060-03-30T08:00Z", "2060-03-30T08:30Z", "2060-03-31T08:45Z"), [
      [], // published
      [`canary-1 to ${B.name}`],
      [`early-1 to ${B.name}`],
    ]);
    stack.configure(fleet("v1.36.1", A));
    journal.target = { version: "v1.36.1", classRef: A.name };
    assert.deepEqual(await moves("2060-03-31T09:00Z", "2060-03-31T10:00Z", "2060-04-01T09:15Z", "2060-04-01T10:00Z"), [
      [`canary-1 to ${A.name}`],
      [],
      [`early-1 to ${A.name}`],
      [],
    ]);
  });
});
