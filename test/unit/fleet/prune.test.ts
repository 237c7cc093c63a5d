import assert from "node:assert/strict";

import { BASE } from "../../../fleet/baseline/labels";
import { type BasePart, planPrune } from "../../../fleet/prune";
import { liveClass, liveCluster } from "./fixtures";

const NO_BASES = { bases: [] };

describe("planPrune", () => {
  const observed = {
    clusters: [liveCluster({ classRef: "used" })],
    classes: [
      liveClass("declared", { templates: ["K/shared", "K/declared"] }),
      liveClass("stale", { templates: ["K/shared", "K/stale"] }),
      liveClass("used", { templates: ["K/used"] }),
      liveClass("foreign", { labels: {} }),
      liveClass("elsewhere", { namespace: "staging" }),
    ],
  };

  it("takes exactly the revisions of ours that are neither used nor declared", () => {
    const plan = planPrune(observed, [], "production", { classes: ["declared"], ...NO_BASES });
    assert.deepEqual(
      plan.classes.map(({ name }) => name),
      ["stale"],
    );
  });

  it("spares templates that a remaining revision refers to", () => {
    const plan = planPrune(observed, [], "production", { classes: ["declared"], ...NO_BASES });
    assert.deepEqual(plan.templates, ["K/stale"]);
  });

  it("takes a revision that was declared once its cluster and its declaration are gone", () => {
    const plan = planPrune({ ...observed, clusters: [] }, [], "production", { classes: [], ...NO_BASES });
    assert.deepEqual(
      plan.classes.map(({ name }) => name),
      ["declared", "stale", "used"],
    );
    assert.deepEqual(plan.templates, ["K/declared", "K/shared", "K/stale", "K/used"]);
  });
});

describe("planPrune, of the base configuration", () => {
  const [used, published, stale] = ["base-00000000aa", "base-00000000bb", "base-00000000cc"];
  const parts = [used, published, stale].flatMap(partsOf);
  const named = liveCluster({ labels: { [BASE]: used } });
  const declared = { classes: [], bases: [published] };

  it("takes the revisions that no cluster's label names and the stack does not declare, sets first", () => {
    const plan = planPrune({ clusters: [named], classes: [] }, parts, "production", declared);
    assert.deepEqual(plan.bases, [stale]);
    assert.deepEqual(plan.baseObjects, [
      `ClusterResourceSet/${stale}`,
      `ClusterResourceSet/${stale}-namespaces`,
      `ConfigMap/${stale}`,
      `ConfigMap/${stale}-namespaces`,
    ]);
  });

  for (const [state, changes] of Object.entries({
    "does not answer": { available: false, settled: false, reason: "Available: not reported yet" },
    "is moving": { settled: false, reason: "RollingOut: moves" },
    "is being deleted": { deleting: true },
  })) {
    it(`keeps what a cluster names that ${state}`, () => {
      const plan = planPrune({ clusters: [{ ...named, ...changes }], classes: [] }, parts, "production", declared);
      assert.deepEqual(plan.bases, [stale]);
    });
  }

  it("takes no notice of what a cluster of another namespace names", () => {
    const elsewhere = { ...named, namespace: "staging" };
    const plan = planPrune({ clusters: [elsewhere], classes: [] }, parts, "production", declared);
    assert.deepEqual(plan.bases, [used, stale]);
  });

  it("takes no object whose name is not that of a part of the revision in its label", () => {
    const others: BasePart[] = [
      { kind: "ConfigMap", name: "copy-of-base", revision: stale },
      { kind: "ConfigMap", name: stale, revision: "base-00000000dd" },
    ];
    const plan = planPrune({ clusters: [], classes: [] }, others, "production", declared);
    assert.deepEqual(plan.baseObjects, []);
  });
});

function partsOf(revision: string): BasePart[] {
  const names = [revision, `${revision}-namespaces`];
  return [
    ...names.map((name) => ({ kind: "ConfigMap" as const, name, revision })),
    ...names.map((name) => ({ kind: "ClusterResourceSet" as const, name, revision })),
  ];
}
