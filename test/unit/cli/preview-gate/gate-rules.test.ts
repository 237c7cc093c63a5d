import assert from "node:assert/strict";

import { type Amount } from "../../../../fleet/config/schema/times";
import { gateRules } from "../../../../cli/preview-gate/gate-rules";
import { clusterConfig, config } from "../../fleet/fixtures";

const NOW = new Date("2026-11-25T12:00:00Z");

function fleet(size: number, changes: object = {}) {
  const names = Array.from({ length: size }, (_, index) => `prod-${index}`);
  return config({ clusters: Object.fromEntries(names.map((name) => [name, clusterConfig()])), ...changes });
}

const most = (size: number, changes: object = {}, flag?: Amount) =>
  gateRules(fleet(size, changes), NOW, flag).maxClusters;

describe("the classes of clusters that stay", () => {
  it("are those that are not listed under decommission", () => {
    const clusters = { a: clusterConfig(), b: clusterConfig() };
    const classes = (decommission: string[]) => [...gateRules(config({ clusters, decommission }), NOW).classes];
    assert.deepEqual([classes(["a"]), classes(["a", "b"])], [["in-memory-kubeadm"], []]);
  });
});

describe("the most clusters that a run may change", () => {
  const all = { matchLabels: { "cluster-fleet.io/environment": "production" } };
  const paced = (maxConcurrency: Amount) => ({
    upgrades: { stages: [{ name: "all", selector: all, maxConcurrency }] },
  });

  it("are 10 by default, however many there are", () => assert.deepEqual([most(1), most(60)], [10, 10]));

  it("are as many as a stage of a rollout may move, where those are more", () => {
    assert.equal(most(60, paced("25%")), 15);
    assert.equal(most(60, paced(5)), 10);
  });

  it("are the stack's own, even where a stage may move more; a share is rounded down, but not to none", () => {
    assert.equal(most(60, { ...paced("25%"), preview: { maxClusters: 3 } }), 3);
    assert.equal(most(30, { preview: { maxClusters: "25%" } }), 7);
    assert.equal(most(3, { preview: { maxClusters: "25%" } }), 1);
    assert.equal(most(3, { preview: { maxClusters: 0 } }), 0);
  });

  it("are the command line's before all", () => assert.equal(most(30, { preview: { maxClusters: 3 } }, "50%"), 15));
});
