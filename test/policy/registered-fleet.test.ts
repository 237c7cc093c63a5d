import assert from "node:assert/strict";
import { fleetListWaivers } from "../../policy/rules/fleet-list-waivers";
import { fleetRequireNames } from "../../policy/rules/fleet-require-names";
import { fleet, fleetCluster, judgeFleet, waiver } from "./fleets";
import { CLUSTER_TYPE, compliantCluster, judge, UNKNOWN_IN_PREVIEW } from "./helpers";

const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
const FORM = 'is not of the agreed form (got "A"). Choose a name that matches ^[a-z][a-z0-9]*(-[a-z0-9]+)*$.';

describe("a rule on a fleet", () => {
  it("does not judge another resource", () => {
    assert.deepEqual(judge(fleetRequireNames, CLUSTER_TYPE, compliantCluster()), {
      violations: [],
      notApplicable: true,
    });
  });

  it("is marked with the component's type, by which the SDK skips it for every other resource", () => {
    const { validateResource } = fleetRequireNames as { validateResource: { __pulumiType?: string } };
    assert.equal(validateResource.__pulumiType, "cluster-fleet:index:Fleet");
  });

  it("accepts a fleet without clusters", () => {
    assert.deepEqual(judgeFleet(fleetRequireNames, fleet([])), { violations: [] });
    assert.deepEqual(judgeFleet(fleetRequireNames, {}), { violations: [] });
  });

  it("names clusters with the same violation in one message, and counts those after the tenth", () => {
    const names = Array.from({ length: 12 }, (_, index) => `cluster-${String.fromCharCode(97 + index)}`);
    const waivers = [waiver("fleet-require-names")];
    const listed = judgeFleet(fleetListWaivers, fleet(names.map((name) => fleetCluster(name, { waivers }))));
    assert.deepEqual(listed.violations, [
      names
        .slice(0, 10)
        .map((name) => `clusters.${name}.waivers.fleet-require-names`)
        .join(", ") +
        ' and 2 more: holds until 2026-12-31 (got "moves in the December window"). Cure the cluster before then.',
    ]);
  });

  it("does not see a cluster whose waiver of it is in force", () => {
    const clusters = [fleetCluster("A", { waivers: [waiver("fleet-require-names")] }), fleetCluster("B-")];
    assert.deepEqual(judgeFleet(fleetRequireNames, fleet(clusters)).violations, [
      'clusters.B-.name: is not of the agreed form (got "B-"). Choose a name that matches ^[a-z][a-z0-9]*(-[a-z0-9]+)*$.',
    ]);
  });

  it("is lifted by a waiver on its last day, and says on the next that the waiver has ended", () => {
    const clusters = [fleetCluster("A", { waivers: [waiver("fleet-require-names", "2026-11-30")] })];
    assert.deepEqual(judgeFleet(fleetRequireNames, fleet(clusters), {}, "2026-11-30"), { violations: [] });
    assert.deepEqual(judgeFleet(fleetRequireNames, fleet(clusters), {}, "2026-12-01").violations, [
      `clusters.A.name: ${FORM} The waiver ended on 2026-11-30.`,
    ]);
  });

  for (const [what, waivers] of [
    ["of another rule", [waiver("fleet-require-label-sets")]],
    ["without a reason", [{ rule: "fleet-require-names", until: "2026-12-31" }]],
    ["whose end is not a day", [waiver("fleet-require-names", "forever")]],
    ["that is no list", waiver("fleet-require-names")],
    ["that is null", [null]],
  ] as const) {
    it(`is not lifted by a waiver ${what}`, () => {
      const clusters = [fleetCluster("A", { waivers })];
      assert.deepEqual(judgeFleet(fleetRequireNames, fleet(clusters)).violations, [`clusters.A.name: ${FORM}`]);
    });
  }

  it("is advisory in the preview where the waivers are known only after the update, and enforced for the rest", () => {
    const clusters = [fleetCluster("B", { waivers: UNKNOWN_IN_PREVIEW }), fleetCluster("A")];
    assert.deepEqual(judgeFleet(fleetRequireNames, fleet(clusters)), {
      violations: [`clusters.A.name: ${FORM}`],
      advisory: "string value at .clusters.0.waivers can't be known during preview",
    });
  });

  it("is advisory in the preview where the clusters are known only after the update", () => {
    assert.deepEqual(judgeFleet(fleetRequireNames, fleet(UNKNOWN_LIST)), {
      violations: [],
      advisory: "Array value at .clusters can't be known during preview",
    });
  });
});
