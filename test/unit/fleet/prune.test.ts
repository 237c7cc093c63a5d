import assert from "node:assert/strict";

import { planPrune } from "../../../fleet/prune";
import { liveClass, liveCluster } from "./fixtures";

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
    const plan = planPrune(observed, "production", ["declared"]);
    assert.deepEqual(
      plan.classes.map(({ name }) => name),
      ["stale"],
    );
  });

  it("spares templates that a remaining revision refers to", () => {
    assert.deepEqual(planPrune(observed, "production", ["declared"]).templates, ["K/stale"]);
  });

  it("takes a revision that was declared once its cluster and its declaration are gone", () => {
    const plan = planPrune({ ...observed, clusters: [] }, "production", []);
    assert.deepEqual(
      plan.classes.map(({ name }) => name),
      ["declared", "stale", "used"],
    );
    assert.deepEqual(plan.templates, ["K/declared", "K/shared", "K/stale", "K/used"]);
  });
});
