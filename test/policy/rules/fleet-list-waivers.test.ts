import assert from "node:assert/strict";
import { fleetListWaivers as rule } from "../../../policy/rules/fleet-list-waivers";
import { fleet, fleetCluster, judgeFleet, waiver } from "../fleets";
import { UNKNOWN_IN_PREVIEW } from "../helpers";

const NAMES = "fleet-require-names";
const REASON = '(got "moves in the December window")';

function listed(waivers: unknown): readonly string[] {
  return judgeFleet(rule, fleet([fleetCluster("a", { waivers })])).violations;
}

describe("policy fleet-list-waivers", () => {
  it("is advisory", () => {
    assert.equal(rule.enforcementLevel, "advisory");
    assert.equal(rule.description, "The waivers of the fleet, with reason and end.");
  });

  it("says nothing on a fleet without waivers", () => {
    assert.deepEqual(listed(undefined), []);
    assert.deepEqual(listed([]), []);
  });

  it("lists a waiver in force", () => {
    assert.deepEqual(listed([waiver(NAMES, "2026-12-08")]), [
      `clusters.a.waivers.${NAMES}: holds until 2026-12-08 ${REASON}. Cure the cluster before then.`,
    ]);
  });

  for (const [until, when] of [
    ["2026-12-07", "in 14 days"],
    ["2026-11-25", "in 2 days"],
    ["2026-11-24", "tomorrow"],
    ["2026-11-23", "today"],
  ] as const) {
    it(`says of a waiver until ${until} that it ends ${when}`, () => {
      assert.deepEqual(listed([waiver(NAMES, until)]), [
        `clusters.a.waivers.${NAMES}: ends ${when}, on ${until} ${REASON}. ` +
          "Cure the cluster before then, or renew the waiver.",
      ]);
    });
  }

  it("asks to remove a waiver that has ended", () => {
    assert.deepEqual(listed([waiver(NAMES, "2026-11-22")]), [
      `clusters.a.waivers.${NAMES}: ended on 2026-11-22 ${REASON}. Remove it.`,
    ]);
  });

  it("asks to remove a waiver of a rule that cannot be waived", () => {
    assert.deepEqual(listed([waiver("cluster-require-background-deletion")]), [
      "clusters.a.waivers.cluster-require-background-deletion: lifts nothing, for this rule cannot be waived " +
        '(got "cluster-require-background-deletion"). Remove it.',
    ]);
  });

  it("asks to correct an end that is not a day", () => {
    assert.deepEqual(listed([waiver(NAMES, "31 December 2026")]), [
      `clusters.a.waivers.${NAMES}: lifts nothing, for its end is not a day (got "31 December 2026"). ` +
        "Write it as YYYY-MM-DD.",
    ]);
  });

  it("lists several waivers of a cluster, and several clusters with the same waiver in one message", () => {
    const waivers = [waiver(NAMES), waiver("control-plane-require-quorum")];
    const clusters = [fleetCluster("a", { waivers }), fleetCluster("b", { waivers: [waiver(NAMES)] })];
    const holds = `holds until 2026-12-31 ${REASON}. Cure the cluster before then.`;
    assert.deepEqual(judgeFleet(rule, fleet(clusters)).violations, [
      `clusters.a.waivers.${NAMES}, clusters.a.waivers.control-plane-require-quorum, clusters.b.waivers.${NAMES}: ${holds}`,
    ]);
  });

  it("cannot list what only the update will know", () => {
    assert.deepEqual(judgeFleet(rule, fleet([fleetCluster("a", { waivers: [UNKNOWN_IN_PREVIEW] })])), {
      violations: [],
      advisory: "string value at .clusters.0.waivers.0 can't be known during preview",
    });
  });
});
