import assert from "node:assert/strict";
import { fleetAdviseSupport as rule } from "../../../policy/rules/fleet-advise-support";
import { CLUSTER_API, fleet, fleetCluster, judgeFleet } from "../fleets";
import { type Fields, UNKNOWN_IN_PREVIEW } from "../helpers";

const CONFIG = { clusterApi: CLUSTER_API };

function advice(fields: Fields, day?: string, config: object = {}): readonly string[] {
  return judgeFleet(rule, fleet([fleetCluster("a", fields)]), { ...CONFIG, ...config }, day).violations;
}

describe("policy fleet-advise-support", () => {
  it("is advisory", () => {
    assert.equal(rule.enforcementLevel, "advisory");
    assert.equal(
      rule.description,
      "What goes out of support soon, what costs more for being old, and what could be newer.",
    );
  });

  it("says nothing on the newest patch of a minor that has time", () => {
    assert.deepEqual(advice({}), []);
    assert.deepEqual(advice({ family: "aws-eks", version: "v1.35.2" }), []);
    assert.deepEqual(advice({ family: "plain", version: undefined }), []);
  });

  it("tells from 60 days before its end that support ends", () => {
    const ends = (when: string) => [
      `clusters.a.version: is Kubernetes 1.35, whose support ends ${when}, on 2027-02-28 (got v1.35.9). Upgrade to v1.36.4.`,
    ];
    assert.deepEqual(advice({}, "2026-12-29"), []);
    assert.deepEqual(advice({}, "2026-12-30"), ends("in 60 days"));
    assert.deepEqual(advice({}, "2027-02-27"), ends("tomorrow"));
  });

  it("takes the number of days from its configuration", () => {
    assert.equal(advice({}, "2026-12-30", { days: 59 }).length, 0);
    assert.equal(advice({}, "2026-12-31", { days: 59 }).length, 1);
  });

  it("tells what the extended support of EKS is going to cost", () => {
    assert.deepEqual(advice({ family: "aws-eks", version: "v1.34.5" }), [
      "clusters.a.version: is EKS 1.34, whose standard support ends in 9 days, on 2026-12-02, and then costs 438 " +
        "instead of 73 USD a month (got v1.34.5). Upgrade one minor at a time: v1.35.9, v1.36.4.",
    ]);
  });

  it("tells what the extended support of EKS costs, from its first day", () => {
    assert.deepEqual(advice({ family: "aws-eks", version: "v1.34.5" }, "2026-12-02"), [
      "clusters.a.version: is EKS 1.34 in extended support, 438 instead of 73 USD a month until EKS upgrades it by " +
        "itself on 2027-12-02 (got v1.34.5). Upgrade one minor at a time: v1.35.9, v1.36.4.",
    ]);
  });

  it("tells that a cluster is held at a version without support", () => {
    assert.deepEqual(advice({ version: "v1.34.2", targetVersion: "v1.35.9" }), [
      "clusters.a.version: is held at Kubernetes 1.34, without support since 2026-10-27 (got v1.34.2 on the way to " +
        "v1.35.9). See what holds it with npm run fleet -- plan.",
    ]);
    assert.deepEqual(advice({ version: "v1.35.2", targetVersion: "v1.35.9" }), []);
  });

  it("tells of a newer patch of the same minor", () => {
    assert.deepEqual(advice({ version: "v1.35.2" }), [
      "clusters.a.version: is not the newest patch of its minor (got v1.35.2). Move to v1.35.9.",
    ]);
    assert.deepEqual(advice({ version: "v1.35.10" }), [], "newer than the calendar knows");
  });

  it("leaves a target without support, and what is no version, to the mandatory rule", () => {
    assert.deepEqual(advice({ version: "v1.34.2" }), []);
    assert.deepEqual(advice({ version: "v1.99.0" }), []);
    assert.deepEqual(advice({ version: "1.35" }), []);
  });

  it("names all clusters with the same advice in one message", () => {
    const old = { version: "v1.35.2" };
    const clusters = [fleetCluster("a", old), fleetCluster("b"), fleetCluster("c", old)];
    assert.deepEqual(judgeFleet(rule, fleet(clusters), CONFIG).violations, [
      "clusters.a.version, clusters.c.version: is not the newest patch of its minor (got v1.35.2). Move to v1.35.9.",
    ]);
  });

  it("cannot run on what only the update will know", () => {
    assert.deepEqual(judgeFleet(rule, fleet([fleetCluster("a", { family: UNKNOWN_IN_PREVIEW })]), CONFIG), {
      violations: [],
      advisory: "string value at .clusters.0.family can't be known during preview",
    });
  });
});
