import assert from "node:assert/strict";
import { fleetRequirePromotionOrder as rule } from "../../../policy/rules/fleet-require-promotion-order";
import { fleet, fleetCluster, judgeFleet, waiver } from "../fleets";
import { type Fields, UNKNOWN_IN_PREVIEW, type Verdict } from "../helpers";

const STAGING = { environment: "staging", newestVersion: "v1.35.9" };
const AHEAD = "is ahead of staging, which runs v1.35.9 at most (got v1.36.0). Upgrade staging first, or stay at 1.35.";

function judgeCluster(fields: Fields, peers: unknown = [STAGING], config: object = {}, day?: string): Verdict {
  return judgeFleet(rule, fleet([fleetCluster("a", fields)], { peers }), config, day);
}

describe("policy fleet-require-promotion-order", () => {
  it("is mandatory", () => {
    assert.equal(rule.enforcementLevel, "mandatory");
    assert.equal(rule.description, "No cluster is newer than what the environments before this one run.");
  });

  for (const version of ["v1.34.0", "v1.35.9", "v1.35.99"]) {
    it(`accepts ${version} while staging runs v1.35.9`, () => {
      assert.deepEqual(judgeCluster({ version }), { violations: [] });
    });
  }

  it("refuses a newer minor, and names the peer with what it runs", () => {
    assert.deepEqual(judgeCluster({ version: "v1.36.0" }).violations, [`clusters.a.version: ${AHEAD}`]);
  });

  it("compares patches where its configuration says so", () => {
    const config = { compare: "patch" };
    assert.deepEqual(judgeCluster({ version: "v1.35.9" }, [STAGING], config), { violations: [] });
    assert.deepEqual(judgeCluster({ version: "v1.35.10" }, [STAGING], config).violations, [
      "clusters.a.version: is ahead of staging, which runs v1.35.9 at most (got v1.35.10). " +
        "Upgrade staging first, or stay at v1.35.9.",
    ]);
  });

  it("asks every peer", () => {
    const peers = [STAGING, { environment: "test", newestVersion: "v1.36.1" }, { ...STAGING, environment: "qa" }];
    assert.deepEqual(judgeCluster({ version: "v1.36.0" }, peers).violations, [
      `clusters.a.version: ${AHEAD}`,
      `clusters.a.version: ${AHEAD.replaceAll("staging", "qa")}`,
    ]);
  });

  it("names all clusters of one version in one message", () => {
    const clusters = ["a", "b"].map((name) => fleetCluster(name, { version: "v1.36.0" }));
    assert.deepEqual(judgeFleet(rule, fleet(clusters, { peers: [STAGING] })).violations, [
      `clusters.a.version, clusters.b.version: ${AHEAD}`,
    ]);
  });

  it("judges where a cluster is to go, not where it is held", () => {
    assert.deepEqual(judgeCluster({ version: "v1.35.9", targetVersion: "v1.36.0" }).violations, [
      `clusters.a.version: ${AHEAD}`,
    ]);
  });

  for (const [what, peers] of [
    ["no peers", undefined],
    ["an empty list of peers", []],
    ["peers that run nothing", [{ environment: "staging" }, null]],
  ] as const) {
    it(`does not apply with ${what}`, () => {
      const props = fleet([fleetCluster("a", { version: "v1.36.0" })], { peers });
      assert.deepEqual(judgeFleet(rule, props), { violations: [], notApplicable: true });
    });
  }

  it("is lifted by a waiver", () => {
    const fields = { version: "v1.36.0", waivers: [waiver("fleet-require-promotion-order")] };
    assert.deepEqual(judgeCluster(fields), { violations: [] });
    assert.deepEqual(judgeCluster(fields, [STAGING], {}, "2027-01-01").violations, [
      `clusters.a.version: ${AHEAD} The waiver ended on 2026-12-31.`,
    ]);
  });

  it("is advisory in the preview where the peers are known only after the update", () => {
    assert.deepEqual(judgeCluster({ version: "v1.36.0" }, UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .peers can't be known during preview",
    });
  });
});
