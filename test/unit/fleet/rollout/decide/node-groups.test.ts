import assert from "node:assert/strict";

import { type LiveNodeGroup } from "../../../../../fleet/rollout/types";
import { ago, arrived, cluster, decided, live, nodeGroup, recordTo, twoStages } from "./fixtures";

const AT = { kubernetes: "v1.36.0" };

/** A cluster of EKS whose control plane is at its target since then, and which took its last step so long ago. */
function eks(name: string, nodeGroups: readonly LiveNodeGroup[], since = "2d", changes: object = {}) {
  return cluster(name, {
    distribution: "eks",
    target: AT,
    live: arrived(since, { revision: AT, nodeGroups, step: recordTo(AT, ago(since)), ...changes }),
  });
}

const OLD = nodeGroup({ version: "v1.35.0", behind: true });
const OTHER_MACHINES = nodeGroup({ behind: true });
const nodesStep = (started: string) => ({ from: "nodes", to: "v1.36.0", started: ago(started) });

describe("managed node groups", () => {
  it("stay as they are while their control plane takes its step", () => {
    const alpha = cluster("alpha", {
      distribution: "eks",
      target: AT,
      live: live({ revision: { kubernetes: "v1.35.0" }, nodeGroups: [nodeGroup({ version: "v1.35.0" })] }),
    });
    const { of } = decided([alpha]);
    assert.deepEqual([of("alpha").action, of("alpha").nodes], ["step", false]);
  });

  it("follow in a run of their own once it has settled", () => {
    const { of, lines } = decided([eks("alpha", [OLD])]);
    assert.deepEqual(lines, ["alpha nodes: node groups follow to v1.36.0"]);
    assert.equal(of("alpha").nodes, true);
    assert.deepEqual(of("alpha").declare, AT);
    assert.deepEqual(of("alpha").step, { from: "nodes", to: "v1.36.0", started: "2026-12-01T12:00:00.000Z" });
  });

  it("wait until it has settled", () => {
    const { of } = decided([eks("alpha", [OLD], "10m", { settled: false, reason: "RollingOut" })]);
    assert.deepEqual([of("alpha").action, of("alpha").reason], ["moving", "RollingOut"]);
    assert.equal(of("alpha").nodes, false);
  });

  it("wait until a control plane that somebody else changed is well", () => {
    const step = recordTo({ kubernetes: "v1.34.0" }, ago("9d"));
    const { lines } = decided([eks("alpha", [OLD], "10m", { available: false, reason: "Available: no API", step })]);
    assert.deepEqual(lines, ["alpha wait: control plane: Available: no API"]);
    const silent = eks("alpha", [OLD], "10m", { available: false, step });
    assert.deepEqual(decided([silent]).lines, ["alpha wait: control plane: not available"]);
  });

  it("follow before their control plane goes on to the next minor", () => {
    const alpha = { ...eks("alpha", [OLD]), target: { kubernetes: "v1.37.0" } };
    const { of } = decided([alpha]);
    assert.equal(of("alpha").action, "nodes");
    assert.deepEqual(of("alpha").rest, ["v1.37.0"]);
  });

  it("let their control plane bake for nodesAfter, and say until when EKS takes it back", () => {
    const rules = { stages: [{ name: "all", nodesAfter: "3d" }] };
    const { lines, of } = decided([eks("alpha", [OLD], "2d")], rules);
    assert.deepEqual(lines, [
      "alpha wait: its control plane bakes for another 1 day; EKS can take it back until 2026-12-06",
    ]);
    assert.deepEqual(of("alpha").next, new Date("2026-12-02T12:00:00Z"));
    assert.equal(decided([eks("alpha", [OLD], "3d")], rules).of("alpha").action, "nodes");
  });

  it("follow within windows, and not in a freeze of minors", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h" }];
    assert.deepEqual(decided([eks("alpha", [OLD])], { windows }).lines, ["alpha wait: no window is open"]);
    const freezes = [{ from: "2026-11-30", to: "2026-12-06", scope: "minor", reason: "sale" }];
    assert.equal(decided([eks("alpha", [OLD])], { freezes }).of("alpha").action, "wait");
  });

  it("follow first, before others of their stage take a step, and take a turn", () => {
    const alpha = cluster("alpha", {
      distribution: "eks",
      target: AT,
      live: live({ revision: { kubernetes: "v1.35.0" } }),
    });
    assert.deepEqual(decided([alpha, eks("beta", [OLD])]).lines, [
      "alpha wait: waits for its turn: stage all moves 1 at a time",
      "beta nodes: node groups follow to v1.36.0",
    ]);
  });

  it("keep the next stage waiting until they have followed", () => {
    const alpha = { ...eks("alpha", [OLD]), stage: "canary" };
    const { lines } = decided([alpha, cluster("beta", { stage: "rest" })], twoStages());
    assert.equal(lines[1], "beta wait: stage canary is not through: alpha (has steps to take)");
  });

  it("are under way until they have their machines", () => {
    const moving = eks("alpha", [nodeGroup({ ready: false })], "2d", { step: nodesStep("10m") });
    assert.deepEqual(decided([moving, cluster("beta")]).lines, [
      "alpha moving: is on its way",
      "beta wait: waits for its turn: stage all moves 1 at a time",
    ]);
  });

  it("are under way for as long as new machines take by the estimate, though EKS calls them ready", () => {
    const replaced = (started: string) => [
      { ...eks("alpha", [nodeGroup()], "2d", { step: nodesStep(started) }), stage: "canary" },
      cluster("beta", { stage: "rest" }),
    ];
    assert.equal(decided(replaced("44m"), twoStages()).of("alpha").action, "moving");
    assert.equal(decided(replaced("45m"), twoStages()).of("alpha").action, "done");
    const slower = { stages: [{ name: "canary", stepDuration: "2h", stepTimeout: "1h" }, { name: "rest" }] };
    assert.equal(decided(replaced("104m"), slower).of("alpha").action, "moving");
    assert.equal(
      decided(replaced("60m"), twoStages({ soak: "1h" })).lines[1],
      "beta wait: stage canary soaks for another 45 min",
    );
  });

  it("follow again for other machines, but not before those under way are there", () => {
    assert.equal(
      decided([eks("alpha", [OTHER_MACHINES], "2d", { step: nodesStep("1d") })]).of("alpha").action,
      "nodes",
    );
    const half = eks("alpha", [{ ...OTHER_MACHINES, ready: false }], "2d", { step: nodesStep("10m") });
    assert.equal(decided([half]).of("alpha").action, "moving");
  });

  it("do not wait for the turn of their own cluster, where one of them has lost a machine", () => {
    const alpha = eks("alpha", [{ ...OLD, ready: false }], "1h");
    assert.deepEqual(decided([alpha, cluster("beta")]).lines, [
      "alpha nodes: node groups follow to v1.36.0",
      "beta wait: waits for its turn: stage all moves 1 at a time",
    ]);
  });

  it("do not follow in a halted stage", () => {
    const failed = cluster("beta", {
      live: arrived("10h", { settled: false, step: recordTo({ kubernetes: "v1.36.2" }, ago("10h")) }),
    });
    for (const group of [OLD, OTHER_MACHINES]) {
      assert.equal(decided([eks("alpha", [group]), failed]).lines[0], "alpha wait: stage all is halted: 1 failed");
    }
  });

  it("that came to no end are mended by other machines, even in a halted stage", () => {
    const alpha = eks("alpha", [{ ...OTHER_MACHINES, ready: false }], "2d", { step: nodesStep("10h") });
    const { lines, of } = decided([alpha]);
    assert.deepEqual(lines, ["alpha nodes: mends it: node groups follow to v1.36.0"]);
    assert.equal(of("alpha").nodes, true);
  });

  it("that came to no end are not mended where another of their cluster would get a version", () => {
    const groups = [
      { ...OTHER_MACHINES, ready: false },
      { ...OLD, ready: false },
    ];
    const alpha = eks("alpha", groups, "2d", { step: nodesStep("10h") });
    assert.equal(decided([alpha]).of("alpha").action, "failed");
  });

  it("that came to no end take no other version", () => {
    const alpha = eks("alpha", [{ ...OLD, ready: false }], "2d", { step: nodesStep("10h") });
    assert.match(decided([alpha]).lines[0] ?? "", /^alpha failed: has not settled since/);
  });

  it("do not keep the step that mends their control plane", () => {
    const broken = { kubernetes: "v1.36.0", class: "class-a" };
    const changes = { revision: broken, settled: false, step: recordTo(broken, ago("10h")) };
    const alpha = { ...eks("alpha", [OTHER_MACHINES], "10h", changes), target: { ...broken, class: "class-b" } };
    const { lines, of } = decided([alpha]);
    assert.deepEqual(lines, ["alpha step: mends it: class-a -> class-b"]);
    assert.equal(of("alpha").nodes, false);
  });

  it("follow in an update only where its preview showed them, not the step before", () => {
    const shown = (to: string) => decided([eks("alpha", [OLD])], {}, { shown: [{ cluster: "alpha", to }] });
    assert.equal(shown("v1.36.0").of("alpha").action, "wait");
    assert.equal(shown("nodes v1.36.0").of("alpha").action, "nodes");
    const onTheWay = { ...eks("alpha", [OLD]), target: { kubernetes: "v1.37.0" } };
    const limits = { shown: [{ cluster: "alpha", to: "nodes v1.36.0" }] };
    assert.equal(decided([onTheWay], {}, limits).of("alpha").action, "nodes");
  });
});
