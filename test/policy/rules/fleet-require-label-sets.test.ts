import assert from "node:assert/strict";
import { fleetRequireLabelSets as rule } from "../../../policy/rules/fleet-require-label-sets";
import { fleet, fleetCluster, judgeFleet, waiver } from "../fleets";
import { type Fields, UNKNOWN_IN_PREVIEW, type Verdict } from "../helpers";

const CONFIG = { required: { team: ["data", "shop", "web"], "example.com/cost-centre": [] } };
const LABELS = { team: "shop", "example.com/cost-centre": "4711" };
const ONE_OF = "Set it to data, shop or web.";

function judgeLabels(labels: unknown, more: Fields = {}): Verdict {
  return judgeFleet(rule, fleet([fleetCluster("a", { labels, ...more })]), CONFIG);
}

describe("policy fleet-require-label-sets", () => {
  it("is mandatory", () => {
    assert.equal(rule.enforcementLevel, "mandatory");
    assert.equal(rule.description, "Every cluster carries the labels that the team requires.");
  });

  it("does not apply as long as its configuration requires nothing", () => {
    assert.deepEqual(judgeFleet(rule, fleet([fleetCluster("a")])), { violations: [], notApplicable: true });
  });

  it("accepts allowed values, any value where none is listed, and labels besides", () => {
    assert.deepEqual(judgeLabels({ ...LABELS, tier: "gold" }), { violations: [] });
  });

  it("refuses a value that is not allowed", () => {
    assert.deepEqual(judgeLabels({ ...LABELS, team: "shopp" }).violations, [
      `clusters.a.labels[team]: is none of the allowed values (got "shopp"). ${ONE_OF}`,
    ]);
  });

  it("refuses a missing label of each kind", () => {
    assert.deepEqual(judgeLabels(undefined).violations, [
      `clusters.a.labels[team]: is required of every cluster (got nothing). ${ONE_OF}`,
      "clusters.a.labels[example.com/cost-centre]: is required of every cluster (got nothing). Set it.",
    ]);
  });

  it("refuses an empty label", () => {
    assert.deepEqual(judgeLabels({ ...LABELS, "example.com/cost-centre": "" }).violations, [
      'clusters.a.labels[example.com/cost-centre]: is required of every cluster (got ""). Set it.',
    ]);
  });

  it("names the only allowed value", () => {
    const found = judgeFleet(rule, fleet([fleetCluster("a")]), { required: { team: ["shop"] } });
    assert.deepEqual(found.violations, [
      "clusters.a.labels[team]: is required of every cluster (got nothing). Set it to shop.",
    ]);
  });

  it("names all clusters with the same violation in one message", () => {
    const labels = { "example.com/cost-centre": "1" };
    const clusters = [
      fleetCluster("a", { labels }),
      fleetCluster("b", { labels: LABELS }),
      fleetCluster("c", { labels }),
    ];
    assert.deepEqual(judgeFleet(rule, fleet(clusters), CONFIG).violations, [
      `clusters.a.labels[team], clusters.c.labels[team]: is required of every cluster (got nothing). ${ONE_OF}`,
    ]);
  });

  it("is lifted by a waiver", () => {
    assert.deepEqual(judgeLabels({}, { waivers: [waiver("fleet-require-label-sets")] }), { violations: [] });
  });

  it("is advisory in the preview for a label known only after the update, and enforced for the known ones", () => {
    assert.deepEqual(judgeLabels({ team: UNKNOWN_IN_PREVIEW }), {
      violations: ["clusters.a.labels[example.com/cost-centre]: is required of every cluster (got nothing). Set it."],
      advisory: "string value at .clusters.0.labels.team can't be known during preview",
    });
  });
});
