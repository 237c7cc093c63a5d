import assert from "node:assert/strict";

import { fleetTable } from "../../../cli/fleet-table";
import { CLASS, STAGE } from "../../../fleet/labels";
import { type ObservedCluster } from "../../../fleet/observed";
import { calendar, type Calendar } from "../../../fleet/versions";
import { liveCluster } from "../fleet/fixtures";

const NOW = new Date("2026-11-23T07:00:00Z");

/** Support as these tests need it, whatever the shipped data say. */
const CALENDAR: Calendar = {
  ...calendar(),
  kubernetes: [
    { minor: "1.33", released: "2025-04-23", standardEnds: "2026-06-28" },
    { minor: "1.35", released: "2025-12-17", standardEnds: "2027-02-28" },
  ],
  eks: [{ minor: "1.33", released: "2025-05-29", standardEnds: "2026-07-29", extendedEnds: "2027-07-29" }],
};

const table = (clusters: readonly ObservedCluster[], columns?: number) =>
  fleetTable(clusters, { now: NOW, calendarOf: () => CALENDAR, ...(columns === undefined ? {} : { columns }) });

const labelled = (labels: Record<string, string>) => ({ labels: { ...liveCluster().labels, ...labels } });

describe("fleetTable", () => {
  it("is a line a cluster, with a summary", () => {
    assert.equal(
      table([liveCluster()]),
      [
        "CLUSTER         VERSION  AVAIL  SETTLED  CP   WORKERS  AGE  SUPPORT  CLASS",
        "prod-us-west-2  v1.35.2  yes    yes      3/3  5/5      60m  97d      in-memory-kubeadm",
        "1 cluster, 1 available, 1 settled",
      ].join("\n"),
    );
  });

  it("has columns for namespace and stage only where there is something to tell apart", () => {
    const staging = liveCluster({ namespace: "staging", name: "staging-1", ...labelled({ [STAGE]: "canary" }) });
    assert.equal(
      table([liveCluster(), staging], 200),
      [
        "NAMESPACE   CLUSTER         VERSION  AVAIL  SETTLED  CP   WORKERS  AGE  SUPPORT  CLASS              STAGE",
        "production  prod-us-west-2  v1.35.2  yes    yes      3/3  5/5      60m  97d      in-memory-kubeadm  -",
        "staging     staging-1       v1.35.2  yes    yes      3/3  5/5      60m  97d      in-memory-kubeadm  canary",
        "2 clusters, 2 available, 2 settled",
      ].join("\n"),
    );
  });

  it("says below why a cluster is not settled, cut to the width", () => {
    const rolling = liveCluster({ settled: false, reason: `RollingOut: ${"x".repeat(200)}` });
    const line = table([rolling], 60).split("\n").at(-2)!;
    assert.equal(line.length, 60);
    assert.match(line, /^prod-us-west-2: RollingOut: x+…$/);
  });

  for (const [created, age] of [
    ["2026-11-23T06:58:01Z", "119s"],
    ["2026-11-23T06:58:00Z", "2m"],
    ["2026-11-23T05:00:00Z", "2h"],
    ["2026-11-20T07:00:00Z", "3d"],
    ["2026-11-23T07:00:05Z", "0s"],
  ] as const) {
    it(`writes the age of a cluster made at ${created} as ${age}`, () => {
      assert.match(table([liveCluster({ created })]), new RegExp(` 5/5 +${age} `));
    });
  }

  for (const [what, changes, shown] of [
    ["supported", {}, "97d +in-memory-kubeadm"],
    ["past its end", { version: "v1.33.4" }, "ended +in-memory-kubeadm"],
    ["in EKS's extended support", { version: "v1.33.4", ...labelled({ [CLASS]: "aws-eks" }) }, "ext 248d +aws-eks"],
    ["unknown to the calendar", { version: "v1.60.0" }, "- +in-memory-kubeadm"],
    ["not there", { version: undefined, classRef: undefined, labels: {} }, "- +plain"],
  ] as const) {
    it(`shows the support of a version that is ${what}`, () => {
      assert.match(table([liveCluster(changes)]), new RegExp(` 60m +${shown}\n`));
    });
  }

  it("says so when there is no cluster", () => assert.equal(fleetTable([]), "No clusters."));

  const longest = () =>
    liveCluster({
      namespace: `production-${"e".repeat(52)}`,
      name: `prod-ap-southeast-2-${"b".repeat(43)}`,
      version: "v1.33.12",
      created: "2025-11-23T06:00:00Z",
      controlPlane: { desired: 5, ready: 5, upToDate: 5 },
      workers: { desired: 1000, ready: 1000, upToDate: 1000 },
      settled: false,
      reason: "y".repeat(200),
      ...labelled({ [CLASS]: "aws-eks", [STAGE]: `stage-${"s".repeat(57)}` }),
    });

  it("fits 100 columns with names as long as they may be", () => {
    for (const line of table([longest(), liveCluster()]).split("\n")) assert.ok(line.length <= 100, line);
  });

  it("cuts names in the middle, where those of one fleet are alike", () => {
    assert.match(table([longest(), liveCluster()]), / prod-ap…bbbbbb /);
  });

  it("cuts nothing when it may be as wide as it likes", () => {
    assert.ok(table([longest()], Infinity).includes(longest().name));
    assert.ok(!table([longest()], Infinity).includes("…"));
  });
});
