import assert from "node:assert/strict";

import { type Hold } from "../../../../../fleet/config/schema/upgrades";
import { forMembers } from "../../../../../fleet/rollout/time/members";

const NOW = new Date("2026-12-01T12:00Z");

function hold(until: string, targets: Pick<Hold, "clusters" | "stages">): Hold {
  return { until, reason: "audit", ...targets };
}

describe("entries for members", () => {
  const ALPHA = hold("2026-12-05", { clusters: ["alpha"] });
  const PROD = hold("2026-12-24", { stages: ["prod"] });

  it("are for the clusters that they name and for the clusters of their stages", () => {
    const { find } = forMembers([ALPHA, PROD], NOW);
    assert.equal(find({ stage: "test", cluster: "alpha" }), ALPHA);
    assert.equal(find({ stage: "prod", cluster: "beta" }), PROD);
    assert.equal(find({ stage: "test", cluster: "beta" }), undefined);
  });

  it("are for either where they name both", () => {
    const { find } = forMembers([hold("2026-12-05", { clusters: ["alpha"], stages: ["prod"] })], NOW);
    assert.ok(find({ stage: "test", cluster: "alpha" }));
    assert.ok(find({ stage: "prod", cluster: "beta" }));
    assert.equal(find({ stage: "test", cluster: "beta" }), undefined);
  });

  it("are for a stage alone only where they name it", () => {
    const { findAll } = forMembers([ALPHA, PROD], NOW);
    assert.deepEqual(findAll({ stage: "prod" }), [PROD]);
    assert.deepEqual(findAll({ stage: "alpha" }), []);
  });

  it("come with the longest first", () => {
    const { find, findAll } = forMembers([ALPHA, PROD], NOW);
    const member = { stage: "prod", cluster: "alpha" };
    assert.equal(find(member), PROD);
    assert.deepEqual(findAll(member), [PROD, ALPHA]);
  });

  it("are in force to the end of their last day in UTC, and have expired then", () => {
    const list = [PROD, ALPHA];
    const lastMoment = forMembers(list, new Date("2026-12-05T23:59:59.999Z"));
    assert.equal(lastMoment.find({ stage: "test", cluster: "alpha" }), ALPHA);
    assert.deepEqual(lastMoment.expired, []);
    const past = forMembers(list, new Date("2026-12-06T00:00:00.000Z"));
    assert.equal(past.find({ stage: "test", cluster: "alpha" }), undefined);
    assert.deepEqual(past.expired, [1]);
  });

  it("are in force until the moment that they name, and may name the last day of all", () => {
    const list = [hold("2026-12-01T12:01", { stages: ["a"] }), hold("2026-12-01T12:00", { stages: ["b"] })];
    assert.deepEqual(forMembers(list, NOW).expired, [1]);
    assert.deepEqual(forMembers([hold("9999-12-31", { stages: ["a"] })], NOW).expired, []);
  });
});
