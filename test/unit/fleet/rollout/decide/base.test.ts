import assert from "node:assert/strict";

import { type LiveCluster, type Revision } from "../../../../../fleet/rollout/types";
import { ago, cluster, decided, live, twoStages } from "./fixtures";

const BEFORE = { kubernetes: "v1.36.2", base: "base-1" };
const TARGET = { kubernetes: "v1.36.2", base: "base-2" };

/** A cluster whose base configuration changed so long ago, and nothing else of it. */
function moved(name: string, started: string, base: LiveCluster["base"], target: Revision = TARGET) {
  const step = { from: "v1.36.2 base-1", to: "v1.36.2 base-2", started: ago(started) };
  const reason = base?.applied === false ? "base-2 is not applied yet" : "";
  return cluster(name, {
    target,
    live: live({ revision: TARGET, step, reason, ...(base === undefined ? {} : { base }) }),
  });
}

const NOT_YET = { applied: false };
const before = (name: string, stage = "all") =>
  cluster(name, { stage, target: TARGET, live: live({ revision: BEFORE }) });

describe("a step of the base configuration alone", () => {
  it("is under way until Cluster API has applied it, and others wait for their turn", () => {
    assert.deepEqual(decided([moved("alpha", "0m", NOT_YET), before("beta")]).lines, [
      "alpha moving: base-2 is not applied yet",
      "beta wait: waits for its turn: stage all moves 1 at a time",
    ]);
  });

  it("is over once it is applied", () => {
    const applied = { applied: true, since: ago("1m") };
    assert.deepEqual(decided([moved("alpha", "2m", applied), before("beta")]).lines, [
      "alpha done",
      "beta step: base-1 -> base-2",
    ]);
  });

  it("has failed where it is not applied within stepTimeout, and halts its stage", () => {
    const { lines } = decided([moved("alpha", "10h", NOT_YET), before("beta")]);
    assert.deepEqual(lines, [
      `alpha failed: has not settled since ${ago("10h")}: base-2 is not applied yet`,
      "beta wait: stage all is halted: 1 failed",
    ]);
  });

  it("that failed is mended by another base configuration", () => {
    const target = { ...TARGET, base: "base-3" };
    const { lines } = decided([moved("alpha", "10h", NOT_YET, target)]);
    assert.deepEqual(lines, ["alpha step: mends it: base-2 -> base-3"]);
  });

  it("keeps a cluster from its next step", () => {
    const target = { kubernetes: "v1.37.0", base: "base-2" };
    assert.deepEqual(decided([moved("alpha", "10m", NOT_YET, target)]).lines, [
      "alpha moving: base-2 is not applied yet",
    ]);
  });

  it("is followed by the soak of its stage from when it was applied", () => {
    const alpha = (since: string) => ({
      ...moved("alpha", "3h", { applied: true, since: ago(since) }),
      stage: "canary",
    });
    const rules = twoStages({ soak: "1h" });
    assert.equal(
      decided([alpha("20m"), before("beta", "rest")], rules).lines[1],
      "beta wait: stage canary soaks for another 40 min",
    );
    assert.equal(decided([alpha("1h"), before("beta", "rest")], rules).of("beta").action, "step");
  });
});

describe("the base configuration of a cluster that others upgrade", () => {
  const plain = (name: string, base: LiveCluster["base"]) =>
    cluster(name, {
      target: { base: "base-2" },
      live: live({
        revision: { base: "base-2" },
        settled: false,
        step: { from: "base-1", to: "base-2", started: ago("10m") },
        ...(base === undefined ? {} : { base }),
      }),
    });

  it("is under way until it is applied", () => {
    assert.equal(decided([plain("alpha", NOT_YET)]).of("alpha").action, "moving");
  });

  it("is there then, and the cluster is not managed, whatever else goes on there", () => {
    const fleet = [
      { ...plain("alpha", { applied: true, since: ago("5m") }), stage: "canary" },
      cluster("beta", { stage: "rest" }),
    ];
    assert.deepEqual(decided(fleet, twoStages({ soak: "5m" })).lines, [
      "alpha unmanaged: whoever made it moves its version",
      "beta step: v1.35.4 -> v1.36.2",
    ]);
    assert.equal(
      decided(fleet, twoStages({ soak: "1h" })).lines[1],
      "beta wait: stage canary soaks for another 55 min",
    );
  });
});
