import assert from "node:assert/strict";

import { fleetTable } from "../../../cli/fleet-table";
import { liveCluster } from "../fleet/fixtures";

const NOW = new Date("2026-11-23T07:00:00Z");

describe("fleetTable", () => {
  it("is a line a cluster", () => {
    const clusters = [
      liveCluster(),
      liveCluster({ namespace: "staging", name: "staging-eu-west-1", created: "2026-11-23T06:59:30Z" }),
    ];
    assert.equal(
      fleetTable(clusters, { now: NOW }),
      [
        "NAMESPACE   CLUSTER            VERSION  AVAILABLE  SETTLED  CONTROL PLANE  WORKERS  AGE",
        "production  prod-us-west-2     v1.35.2  yes        yes      3/3            5/5      60m",
        "staging     staging-eu-west-1  v1.35.2  yes        yes      3/3            5/5      30s",
      ].join("\n"),
    );
  });

  it("says below why a cluster is not settled, cut to the width", () => {
    const rolling = liveCluster({ settled: false, reason: `RollingOut: ${"x".repeat(200)}` });
    const line = fleetTable([rolling], { now: NOW, columns: 60 }).split("\n").at(-1)!;
    assert.equal(line.length, 60);
    assert.match(line, /^prod-us-west-2: RollingOut: x+…$/);
  });

  for (const [created, age] of [
    ["2026-11-23T06:58:01Z", "119s"],
    ["2026-11-23T06:58:00Z", "2m"],
    ["2026-11-23T05:00:00Z", "2h"],
    ["2026-11-20T07:00:00Z", "3d"],
    ["2026-11-23T07:00:05Z", "0s"],
  ]) {
    it(`writes the age of a cluster made at ${created} as ${age}`, () => {
      const line = fleetTable([liveCluster({ created: created! })], { now: NOW })
        .split("\n")
        .at(-1)!;
      assert.ok(line.endsWith(`  ${age}`), line);
    });
  }

  it("says so when there is no cluster", () => assert.equal(fleetTable([]), "No clusters."));

  it("fits 100 columns with names as long as they get in practice", () => {
    const long = liveCluster({ namespace: "production-eu", name: "prod-ap-southeast-2-b", version: "v1.35.12" });
    for (const line of fleetTable([long], { now: NOW }).split("\n")) {
      assert.ok(line.length <= 100, line);
    }
  });
});
