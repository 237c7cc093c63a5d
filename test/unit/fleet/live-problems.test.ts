import assert from "node:assert/strict";

import { describeProblem } from "../../../fleet/config/problems";
import { DECOMMISSION, ENVIRONMENT, MANAGED_BY } from "../../../fleet/labels";
import { liveProblems } from "../../../fleet/live-problems";
import { type ObservedCluster } from "../../../fleet/observed";
import { clusterConfig, config, liveCluster } from "./fixtures";

const NAME = "prod-us-west-2";
const REF = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSCluster", name: "theirs" };
const PLAIN = { region: "us-west-2", infrastructureRef: REF };

/** Problems of a fleet of one cluster that is configured and lives in this way; without `configured`, of no cluster. */
function problemsOf(configured: object | undefined, changes: Partial<ObservedCluster> = {}): string[] {
  const clusters = configured === undefined ? {} : { [NAME]: configured };
  return liveProblems(config({ clusters }), new Map([[NAME, liveCluster(changes)]])).map(describeProblem);
}

describe("liveProblems", () => {
  it("finds nothing wrong with a cluster of ours that lives as configured", () => {
    assert.deepEqual(problemsOf(clusterConfig()), []);
  });

  it("refuses a cluster that somebody else made, and names its owner", () => {
    assert.deepEqual(problemsOf(clusterConfig(), { labels: { [MANAGED_BY]: "terraform" } }), [
      `clusters.${NAME}: exists on the management cluster, but was not made by the production stack of cluster-fleet ` +
        '(got "terraform"). Set adopt: true to take it over, choose another name, or delete the other cluster first.',
    ]);
  });

  it("lets it be adopted, also from another environment of ours", () => {
    assert.deepEqual(problemsOf(clusterConfig({ adopt: true }), { labels: {} }), []);
    const staging = { ...liveCluster().labels, [ENVIRONMENT]: "staging" };
    assert.deepEqual(problemsOf(clusterConfig({ adopt: true }), { labels: staging }), []);
  });

  it("refuses to forget a cluster of ours, unless it is marked or on its way out", () => {
    assert.deepEqual(problemsOf(undefined), [
      `clusters.${NAME}: was removed, but the cluster lives. Put it back, list ${NAME} under ` +
        "cluster-fleet:decommission, and run up twice; then remove it from both.",
    ]);
    assert.deepEqual(problemsOf(undefined, { annotations: { [DECOMMISSION]: NAME } }), []);
    assert.deepEqual(problemsOf(undefined, { deleting: true }), []);
    assert.deepEqual(problemsOf(undefined, { labels: {} }), []);
  });

  it("refuses to make a plain cluster of one with a class", () => {
    assert.deepEqual(problemsOf(PLAIN), [
      `clusters.${NAME}.infrastructureRef: asks for a plain cluster, but the live cluster has class in-memory-kubeadm-old, and ` +
        "Cluster API makes neither into the other. Declare it as it lives, or make a new cluster under another name.",
    ]);
  });

  it("refuses to give a plain cluster a class, also when it is adopted", () => {
    for (const [configured, labels] of [
      [clusterConfig(), liveCluster().labels],
      [clusterConfig({ adopt: true }), {}],
    ] as const) {
      assert.deepEqual(problemsOf(configured, { classRef: undefined, labels }), [
        `clusters.${NAME}.class: asks for class in-memory-kubeadm, but the live cluster is plain, and Cluster API ` +
          "makes neither into the other. Declare it as it lives, or make a new cluster under another name.",
      ]);
    }
  });

  it("refuses other ranges than those that a cluster was made with, and takes the same", () => {
    assert.deepEqual(problemsOf(clusterConfig({ network: { pods: "10.0.0.0/16", services: "10.128.0.0/12" } })), [
      `clusters.${NAME}.network.pods: differs from what the live cluster was made with, 192.168.0.0/16 ` +
        '(got "10.0.0.0/16"). Write that, or make a new cluster under another name.',
    ]);
  });

  it("lets ranges be set where the live cluster names none", () => {
    const declared = { ...liveCluster().declared, podRanges: [] };
    assert.deepEqual(problemsOf(clusterConfig({ network: { pods: "10.0.0.0/16" } }), { declared }), []);
  });
});
