import assert from "node:assert/strict";
import { fleetLimitVersionSkew as rule } from "../../../policy/rules/fleet-limit-version-skew";
import { fleet, fleetCluster, judgeFleet, waiver } from "../fleets";
import { type Fields, UNKNOWN_IN_PREVIEW } from "../helpers";

const OLD = { version: "v1.33.5" };
const NEW = { version: "v1.36.4" };
const TOO_FAR =
  "clusters.a.version: is 3 minors behind clusters.c.version, more than the 2 that an environment may span " +
  "(got v1.33.5 and v1.36.4). Upgrade a first.";

/** A fleet of three, the second of which is at v1.35.9. */
function three(a: Fields, c: Fields): Fields {
  return fleet([fleetCluster("a", a), fleetCluster("b"), fleetCluster("c", c)]);
}

describe("policy fleet-limit-version-skew", () => {
  it("is mandatory", () => {
    assert.equal(rule.enforcementLevel, "mandatory");
    assert.equal(rule.description, "The clusters of an environment are at most two minors apart.");
  });

  it("accepts two minors between the oldest and the newest", () => {
    assert.deepEqual(judgeFleet(rule, three({ version: "v1.34.0" }, NEW)), { violations: [] });
  });

  it("refuses three, and names both clusters", () => {
    assert.deepEqual(judgeFleet(rule, three(OLD, NEW)).violations, [TOO_FAR]);
  });

  it("finds the oldest and the newest wherever they stand, and whatever their distribution", () => {
    const clusters = [
      fleetCluster("b"),
      fleetCluster("c", { ...NEW, family: "aws-eks" }),
      fleetCluster("a", { ...OLD, version: "v1.9.5" }),
    ];
    assert.deepEqual(judgeFleet(rule, fleet(clusters)).violations, [
      "clusters.a.version: is 27 minors behind clusters.c.version, more than the 2 that an environment may span " +
        "(got v1.9.5 and v1.36.4). Upgrade a first.",
    ]);
  });

  it("takes the number of minors from its configuration", () => {
    assert.deepEqual(judgeFleet(rule, three(OLD, NEW), { maxMinors: 3 }), { violations: [] });
    assert.deepEqual(judgeFleet(rule, three({}, NEW), { maxMinors: 0 }).violations, [
      "clusters.a.version: is 1 minor behind clusters.c.version, more than the 0 that an environment may span " +
        "(got v1.35.9 and v1.36.4). Upgrade a first.",
    ]);
  });

  it("judges where clusters are to go, not where they are held", () => {
    assert.deepEqual(judgeFleet(rule, three({ ...OLD, targetVersion: "v1.36.4" }, NEW)), { violations: [] });
    assert.deepEqual(judgeFleet(rule, three(OLD, { targetVersion: "v1.36.4" })).violations, [TOO_FAR]);
  });

  it("accepts one cluster, and clusters that state no version or none in full", () => {
    assert.deepEqual(judgeFleet(rule, fleet([fleetCluster("a", OLD)])), { violations: [] });
    assert.deepEqual(judgeFleet(rule, three({ version: undefined }, { version: "1.99" })), { violations: [] });
  });

  it("leaves out a cluster with a waiver, be it the oldest or the newest", () => {
    const waivers = [waiver("fleet-limit-version-skew")];
    assert.deepEqual(judgeFleet(rule, three({ ...OLD, waivers }, NEW)), { violations: [] });
    assert.deepEqual(judgeFleet(rule, three(OLD, { ...NEW, waivers })), { violations: [] });
  });

  it("says that a waiver has ended, be it of the oldest or of the newest", () => {
    const waivers = [waiver("fleet-limit-version-skew", "2026-11-22")];
    assert.deepEqual(judgeFleet(rule, three({ ...OLD, waivers }, NEW)).violations, [
      `${TOO_FAR} The waiver ended on 2026-11-22.`,
    ]);
    assert.deepEqual(judgeFleet(rule, three(OLD, { ...NEW, waivers })).violations, [
      `${TOO_FAR} The waiver of c ended on 2026-11-22.`,
    ]);
  });

  it("is advisory in the preview where a version is known only after the update, and enforced for the rest", () => {
    const clusters = [
      fleetCluster("a", OLD),
      fleetCluster("x", { version: UNKNOWN_IN_PREVIEW }),
      fleetCluster("c", NEW),
    ];
    assert.deepEqual(judgeFleet(rule, fleet(clusters)), {
      violations: [TOO_FAR],
      advisory: "string value at .clusters.1.version can't be known during preview",
    });
  });
});
