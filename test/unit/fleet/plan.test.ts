import assert from "node:assert/strict";

import { classObjectHash } from "../../../fleet/class-names";
import { inMemoryKubeadm } from "../../../fleet/classes/in-memory-kubeadm";
import { DECOMMISSION, ENVIRONMENT, MANAGED_BY } from "../../../fleet/labels";
import { type Observed } from "../../../fleet/observed";
import { planFleet } from "../../../fleet/plan";
import { NO_AWS } from "../../../fleet/topology/aws-side";
import { clusterConfig, config, liveClass, liveCluster, NOW } from "./fixtures";

const NOTHING: Observed = { clusters: [], classes: [] };
const NAME = "prod-us-west-2";
const TARGET = inMemoryKubeadm(config().classes["in-memory-kubeadm"]).name;

function onlyCluster(observed: Observed, changes = {}) {
  const plan = planFleet(config(changes), observed, NO_AWS, NOW);
  assert.equal(plan.clusters.length, 1);
  return { cluster: plan.clusters[0]!, notes: plan.notes, rollout: plan.rollout };
}

describe("planFleet", () => {
  it("declares what the configuration says", () => {
    const plan = planFleet(config(), NOTHING, NO_AWS, NOW);
    assert.deepEqual(plan.clusters, [
      {
        name: NAME,
        region: "us-west-2",
        family: "in-memory-kubeadm",
        className: TARGET,
        version: "v1.35.2",
        controlPlaneReplicas: 3,
        workers: [{ name: "default", class: "default-worker", replicas: 5 }],
        podRanges: ["192.168.0.0/16"],
        serviceRanges: ["10.128.0.0/12"],
        protect: true,
        decommission: false,
      },
    ]);
    assert.equal(plan.namespace, "production");
    assert.deepEqual(plan.notes, []);
  });

  it("protects clusters in production only", () => {
    const plan = planFleet(config({ environment: "staging" }), NOTHING, NO_AWS, NOW);
    assert.equal(plan.clusters[0]?.protect, false);
  });

  it("changes nothing else when a cluster is added", () => {
    const before = planFleet(config({ clusters: clustersNamed(["b"]) }), NOTHING, NO_AWS, NOW);
    const after = planFleet(config({ clusters: clustersNamed(["a", "b"]) }), NOTHING, NO_AWS, NOW);
    assert.deepEqual(after.clusters[1], before.clusters[0]);
    assert.deepEqual(after.classes, before.classes);
  });

  it("publishes each class family once, however many clusters use it", () => {
    const plan = planFleet(config({ clusters: clustersNamed(["a", "b"]) }), NOTHING, NO_AWS, NOW);
    assert.deepEqual(
      plan.classes.map(({ name }) => name),
      [TARGET],
    );
  });
});

describe("planFleet: publish, then move", () => {
  it("points a new cluster at the class of the same run", () => {
    assert.equal(onlyCluster(NOTHING).cluster.className, TARGET);
  });

  it("leaves a living cluster on its class while the new one is not published", () => {
    const { cluster, rollout } = onlyCluster({ clusters: [liveCluster()], classes: [] });
    assert.equal(cluster.className, "in-memory-kubeadm-old");
    const [decision] = rollout.decisions;
    assert.equal(decision?.reason, `class ${TARGET} is published in this run; a later one may move it`);
  });

  it("leaves a living cluster on its class while the new one is published but not reconciled", () => {
    const classes = [liveClass(TARGET, { reconciled: false })];
    assert.equal(onlyCluster({ clusters: [liveCluster()], classes }).cluster.className, "in-memory-kubeadm-old");
  });

  it("moves a living cluster once the new class is reconciled", () => {
    const { cluster, notes } = onlyCluster({ clusters: [liveCluster()], classes: [liveClass(TARGET)] });
    assert.equal(cluster.className, TARGET);
    assert.deepEqual(notes, []);
  });

  it("does not take a class of another namespace for published", () => {
    const classes = [liveClass(TARGET, { namespace: "staging" })];
    assert.equal(onlyCluster({ clusters: [liveCluster()], classes }).cluster.className, "in-memory-kubeadm-old");
  });
});

describe("planFleet: what it refuses", () => {
  it("a cluster that somebody else made", () => {
    const foreign = liveCluster({ labels: { [MANAGED_BY]: "terraform" } });
    assert.throws(() => planFleet(config(), { clusters: [foreign], classes: [] }, NO_AWS, NOW), {
      message:
        "The fleet cannot be declared as configured (1 problem):\n" +
        `  1. clusters.${NAME}: exists on the management cluster, but was not made by the production stack of ` +
        'cluster-fleet (got "terraform"). Set adopt: true to take it over, choose another name, or delete the other cluster first.',
    });
  });

  it("a cluster that another environment of ours made", () => {
    const other = liveCluster({ labels: { ...liveCluster().labels, [ENVIRONMENT]: "staging" } });
    assert.throws(
      () => planFleet(config(), { clusters: [other], classes: [] }, NO_AWS, NOW),
      /was not made by the production stack/,
    );
  });

  it("a living cluster that is in no list any more, every one by name", () => {
    const clusters = [liveCluster({ name: "gone-a" }), liveCluster({ name: "gone-b" })];
    assert.throws(() => planFleet(config(), { clusters, classes: [] }, NO_AWS, NOW), {
      message:
        "The fleet cannot be declared as configured (2 problems):\n" +
        "  1. clusters.gone-a: was removed, but the cluster lives. Put it back, list gone-a under " +
        "cluster-fleet:decommission, and run up twice; then remove it from both.\n" +
        "  2. clusters.gone-b: was removed, but the cluster lives. Put it back, list gone-b under " +
        "cluster-fleet:decommission, and run up twice; then remove it from both.",
    });
  });

  it("nothing of other namespaces: they belong to other stacks", () => {
    const elsewhere = liveCluster({ namespace: "staging", name: "gone" });
    assert.equal(planFleet(config(), { clusters: [elsewhere], classes: [] }, NO_AWS, NOW).clusters.length, 1);
  });
});

describe("planFleet: decommission in three runs", () => {
  const decommission = { decommission: [NAME] };

  it("first run: marks the cluster and takes its protection away", () => {
    const { cluster } = onlyCluster({ clusters: [liveCluster()], classes: [liveClass(TARGET)] }, decommission);
    assert.equal(cluster.decommission, true);
    assert.equal(cluster.protect, false);
  });

  it("second run: no longer declares a cluster whose mark lives", () => {
    const marked = liveCluster({ annotations: { [DECOMMISSION]: NAME } });
    const plan = planFleet(config(decommission), { clusters: [marked], classes: [] }, NO_AWS, NOW);
    assert.deepEqual(plan.clusters, []);
    assert.deepEqual(plan.notes, [`${NAME}: was marked by an earlier run; this run deletes it.`]);
  });

  it("third run: says that the cluster is gone and what to clear up", () => {
    const plan = planFleet(config(decommission), NOTHING, NO_AWS, NOW);
    assert.deepEqual(plan.clusters, []);
    assert.deepEqual(plan.notes, [
      `${NAME}: is gone. Remove it from cluster-fleet:clusters and cluster-fleet:decommission.`,
    ]);
  });

  it("a mark with another cluster's name means nothing", () => {
    const copied = liveCluster({ annotations: { [DECOMMISSION]: "other" } });
    const { cluster } = onlyCluster({ clusters: [copied], classes: [] }, decommission);
    assert.equal(cluster.decommission, true);
  });

  it("a marked cluster that is taken off the list again is declared without the mark", () => {
    const marked = liveCluster({ annotations: { [DECOMMISSION]: NAME } });
    const { cluster } = onlyCluster({ clusters: [marked], classes: [] });
    assert.equal(cluster.decommission, false);
    assert.equal(cluster.protect, true);
  });
});

describe("inMemoryKubeadm", () => {
  const revision = inMemoryKubeadm(config().classes["in-memory-kubeadm"]);

  it("names every object by the hash of its content", () => {
    for (const { metadata, ...content } of [...revision.templates, revision.clusterClass]) {
      assert.ok(metadata.name.endsWith(`-${classObjectHash(content)}`), metadata.name);
    }
  });

  it("refers only to templates that it brings", () => {
    const text = JSON.stringify(revision.clusterClass.spec);
    const referred = [...text.matchAll(/"name":"([^"]+)"/g)].map((match) => match[1]);
    assert.deepEqual([...referred].sort(), revision.templates.map(({ metadata }) => metadata.name).sort());
  });

  it("changes its name with its content", () => {
    const slower = inMemoryKubeadm({ startup: { machine: "9s", node: "1s" }, unhealthyAfterSeconds: 300 });
    assert.notEqual(slower.name, revision.name);
  });
});

function clustersNamed(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, clusterConfig()]));
}
