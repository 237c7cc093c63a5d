import assert from "node:assert/strict";

import { effectiveCluster } from "../../../../fleet/config/effective";
import { levelsOf, merge, setAt, strongest } from "../../../../fleet/config/levels";
import { type ClusterValues } from "../../../../fleet/config/schema/cluster";

function effective(levels: { base?: ClusterValues; overlay?: ClusterValues; own?: ClusterValues }) {
  const { values, leftAside } = effectiveCluster(levelsOf("a", levels.base, levels.overlay, levels.own));
  return { values, leftAside: leftAside.map(({ level, path, why }) => `${level} ${path.join(".")}: ${why}`) };
}

describe("merging levels", () => {
  it("merges maps key by key and replaces everything else", () => {
    assert.deepEqual(merge({ a: { x: 1, y: 2 }, list: [1, 2] }, { a: { y: 3 }, list: [9] }), {
      a: { x: 1, y: 3 },
      list: [9],
    });
  });

  it("keeps the weaker value where the stronger level is silent", () => {
    assert.deepEqual(merge({ a: 1 }, undefined), { a: 1 });
  });

  it("lets a stronger value of another kind replace a map", () => {
    assert.equal(merge({ a: 1 }, "text"), "text");
  });
});

describe("the level that a value comes from", () => {
  const levels = levelsOf("a", { version: "v1.35.2", region: "r" }, { version: "v1.35.9" }, { region: "own" });

  it("is the strongest that states it", () => {
    assert.equal(strongest(levels, ["version"])?.name, "overlay");
    assert.equal(strongest(levels, ["region"])?.name, "cluster");
    assert.equal(strongest(levels, ["class"]), undefined);
  });

  it("gives a mistake its place; what nobody states belongs to the cluster", () => {
    assert.deepEqual(setAt(levels, ["version"]), ["overlay", "version"]);
    assert.deepEqual(setAt(levels, ["class"]), ["clusters", "a", "class"]);
  });
});

describe("the values of a cluster", () => {
  const reference = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSCluster", name: "x" };

  it("leave aside what a plain cluster inherits of a topology", () => {
    assert.deepEqual(
      effective({
        base: { class: "aws-kubeadm", version: "v1.35.2", region: "r" },
        overlay: { controlPlane: { replicas: 3 } },
        own: { infrastructureRef: reference },
      }),
      {
        values: { region: "r", infrastructureRef: reference },
        leftAside: [
          "base class: the cluster is plain",
          "base version: the cluster is plain",
          "overlay controlPlane: the cluster is plain",
        ],
      },
    );
  });

  it("keep what a plain cluster states itself, for the checks to refuse", () => {
    const { values } = effective({ own: { infrastructureRef: reference, version: "v1.35.2" } });
    assert.equal(values.version, "v1.35.2");
  });

  it("leave aside inherited references where the cluster has a class", () => {
    assert.deepEqual(effective({ base: { infrastructureRef: reference }, own: { class: "aws-eks" } }), {
      values: { class: "aws-eks" },
      leftAside: ["base infrastructureRef: the cluster has class aws-eks"],
    });
  });

  it("leave aside an inherited control plane on EKS, and keep a cluster's own", () => {
    const eks = effective({ base: { controlPlane: { replicas: 3 } }, own: { class: "aws-eks" } });
    assert.deepEqual(eks.leftAside, ["base controlPlane: EKS runs the control plane of class aws-eks"]);
    assert.equal(eks.values.controlPlane, undefined);
    assert.notEqual(
      effective({ own: { class: "aws-eks", controlPlane: { replicas: 3 } } }).values.controlPlane,
      undefined,
    );
  });

  it("take the size of a pool from the strongest level that states one, in either form", () => {
    const base = { workers: { a: { replicas: 2 }, b: { min: 1, max: 3 } } };
    const own = { workers: { a: { min: 1, max: 9 }, b: { replicas: 4 } } };
    assert.deepEqual(effective({ base, own }).values.workers, { a: { min: 1, max: 9 }, b: { replicas: 4 } });
    assert.deepEqual(effective({ base, own }).leftAside, [
      "base workers.a.replicas: the pool is sized by min and max",
      "base workers.b.min: the pool has a fixed size",
      "base workers.b.max: the pool has a fixed size",
    ]);
  });

  it("keep both forms that one level states, for the checks to refuse", () => {
    const own = { workers: { a: { replicas: 2, min: 1, max: 3 } } };
    assert.deepEqual(effective({ own }), { values: own, leftAside: [] });
  });
});
