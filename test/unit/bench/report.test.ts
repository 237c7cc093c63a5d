import * as assert from "node:assert/strict";

import { type Measurement } from "../../../bench/measure";
import { markdownTable, textTable } from "../../../bench/report/table";
import { tables } from "../../../bench/report/tables";
import { type SizeResult } from "../../../bench/size";

const MIB = 2 ** 20;

function run(seconds: number, programMebibytes = 100): Measurement {
  return {
    seconds,
    peakBytes: (programMebibytes + 50) * MIB,
    roles: { program: { peakBytes: programMebibytes * MIB, cpuSeconds: seconds / 2 } },
  };
}

/** Ours takes one second more and 4 ms for each cluster, 10 with policies. */
function size(clusters: number): SizeResult {
  const ours = 3 + clusters * 0.004;
  const phase = {
    bare: [run(2), run(1.8), run(2.2)],
    ours: [run(ours)],
    "ours with policies": [run(ours + clusters * 0.006, 2000)],
  };
  const state = (bytes: number) => ({
    bytes,
    compactBytes: bytes / 2,
    parts: new Map([["Fleet.inputs", bytes - 1000 * clusters]]),
  });
  return {
    clusters,
    loadAverage: 0,
    phases: { preview: phase, up: { bare: phase.bare, ours: phase.ours }, "unchanged preview": phase, refresh: phase },
    state: { bare: state(1000 * clusters), ours: state(5000 + 3000 * clusters) },
    observation: [0.1],
  };
}

const load = { bare: [1], ours: [2] };
const plan = { clusters: 10_000, parse: [1], newFleet: [1.5], livingFleet: [2.5] };
const rollout = {
  clusters: 10_000,
  fleets: {
    "10 stages": [0.4, 0.6, 0.5].map((seconds) => ({ seconds, peakBytes: seconds * 400 * MIB })),
    "50 windows": [{ seconds: 1.5, peakBytes: 301 * MIB }],
  },
};
const observation = { clusters: 1000, ours: [2, 3, 2.5], bare: [2] };
const rest = { plan, rollout, load, observation };
const all = tables({ sizes: [size(10), size(1000)], ...rest });
const rows = (title: RegExp) => all.find((table) => title.test(table.title))?.rows ?? assert.fail(`no table ${title}`);

describe("bench report", () => {
  it("gives medians, spread, difference and share of each cluster, and says what is in reach", () => {
    assert.deepEqual(rows(/^Time/).slice(0, 4), [
      ["preview", "10", "2.00 ±0.20", "3.04", "+1.04", "+104.0", "<= 5: no"],
      ["preview", "1000", "2.00 ±0.20", "7.00", "+5.00", "+5.0", "<= 5: yes"],
      ["preview, policies", "10", "2.00 ±0.20", "3.10", "+1.10", "+110.0", "<= 12: no"],
      ["preview, policies", "1000", "2.00 ±0.20", "13.00", "+11.00", "+11.0", "<= 12: yes"],
    ]);
  });

  it("parts our share into what is fixed and what each cluster adds", () => {
    assert.deepEqual(rows(/^Our share/).slice(0, 2), [
      ["preview", "+1.00", "+4.0"],
      ["preview, policies", "+1.00", "+10.0"],
    ]);
  });

  it("sums the processor time of all processes of a run", () => {
    assert.deepEqual(rows(/^Processor time of a whole run/)[1], ["preview", "1000", "1.00", "3.50", "+2.50", "+2.5"]);
  });

  it("takes the memory of the worst run, and judges the program's own", () => {
    const program = rows(/memory/).find(([label, clusters]) => label === "program" && clusters === "10");
    assert.deepEqual(program, ["program", "10", "100", "100", "2000", "<= 1024: yes"]);
  });

  it("gives the state for each cluster, and for each further one", () => {
    assert.deepEqual(rows(/^State/), [
      ["10", "1000", "3500", "2500", "1250", "<= 4000: yes"],
      ["1000", "1000", "3005", "2005", "1003", "<= 4000: yes"],
      ["each further one", "1000", "3000", "2000", "1000", "<= 4000: yes"],
    ]);
    assert.deepEqual(rows(/biggest parts/), [["Fleet.inputs", "2005"]]);
  });

  it("lists apart what the policy pack adds and how long a plan takes", () => {
    const apart = rows(/^Apart/);
    assert.deepEqual(
      apart.find(([label]) => label === "policy pack in a preview of 1000"),
      ["policy pack in a preview of 1000", "+6.00", ""],
    );
    assert.deepEqual(
      apart.find(([label]) => label?.includes("all live")),
      ["configuration to plan, 10000 clusters, all live", "2.50", "<= 2 s: no"],
    );
  });

  it("gives time and peak of each decision, and judges both", () => {
    assert.deepEqual(rows(/^Decide/), [
      ["10 stages", "0.50 ±0.10", "<= 1: yes", "240", "<= 300: yes"],
      ["50 windows", "1.50", "<= 1: no", "301", "<= 300: no"],
    ]);
  });

  it("compares a look with bare lists of the same objects", () => {
    assert.deepEqual(rows(/^A look/), [["1000", "2.00", "2.50 ±0.50", "1.25", "<= 3: yes"]]);
  });

  it("leaves out the line through the sizes where there is one size", () => {
    const titles = tables({ sizes: [size(10)], ...rest }).map(({ title }) => title);
    assert.ok(!titles.some((title) => title.startsWith("Our share")), titles.join("\n"));
  });

  it("fits 100 columns", () => {
    const lines = all.flatMap((table) => textTable(table).split("\n"));
    assert.deepEqual(
      lines.filter((line) => line.length > 100),
      [],
    );
  });
});

describe("bench tables", () => {
  const table = {
    title: "T",
    columns: ["", "n"],
    rows: [
      ["a", "10"],
      ["bb", "2"],
    ],
  };

  it("are aligned for a terminal", () => {
    assert.equal(textTable(table), "T\n\n     n\na   10\nbb   2");
  });

  it("are Markdown for the documentation", () => {
    assert.equal(markdownTable(table), "### T\n\n|     |   n |\n| --- | --: |\n| a   |  10 |\n| bb  |   2 |");
  });
});
