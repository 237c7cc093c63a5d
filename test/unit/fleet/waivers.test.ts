import assert from "node:assert/strict";
import {
  daysLeft,
  parseWaiverAnnotation,
  WAIVABLE_RULES,
  type Waiver,
  waiverAnnotation,
  waiverInForce,
  waiverThatEnded,
} from "../../../fleet/waivers";

const RULE = "fleet-require-names";
const MORNING = new Date("2026-11-23T09:00:00Z");

function until(day: string, rule = RULE): Waiver {
  return { rule, until: day, reason: "named before the fleet" };
}

describe("waivers", () => {
  it("never lift a rule that guards against damage", () => {
    for (const rule of [
      "cluster-require-background-deletion",
      "cluster-require-labels",
      "cluster-require-class",
      "class-object-require-content-name",
      "base-revision-require-content-name",
    ]) {
      assert.ok(!WAIVABLE_RULES.includes(rule), rule);
    }
  });

  it("hold on their last day, to its end in UTC", () => {
    const waiver = until("2026-11-23");
    assert.equal(waiverInForce([waiver], RULE, MORNING), waiver);
    assert.equal(waiverInForce([waiver], RULE, new Date("2026-11-23T23:59:59.999Z")), waiver);
    assert.equal(waiverThatEnded([waiver], RULE, MORNING), undefined);
  });

  it("have ended with the first moment of the next day in UTC", () => {
    const waiver = until("2026-11-22");
    assert.equal(waiverInForce([waiver], RULE, new Date("2026-11-23T00:00:00Z")), undefined);
    assert.equal(waiverThatEnded([waiver], RULE, new Date("2026-11-23T00:00:00Z")), waiver);
  });

  it("count for their own rule alone", () => {
    const waivers = [until("2026-12-31", "fleet-require-label-sets")];
    assert.equal(waiverInForce(waivers, RULE, MORNING), undefined);
    assert.equal(waiverThatEnded([until("2026-01-01", "fleet-require-label-sets")], RULE, MORNING), undefined);
  });

  it("of one rule count by the longest", () => {
    const waivers = [until("2026-11-01"), until("2026-12-31"), until("2026-12-01")];
    assert.equal(waiverInForce(waivers, RULE, MORNING), waivers[1]);
    assert.equal(waiverThatEnded(waivers, RULE, MORNING), undefined);
  });

  for (const end of ["forever", "9999", "31 December 2026", "2026-12-31T00:00:00Z", ""]) {
    it(`never hold with the end "${end}", which is not a day`, () => {
      assert.equal(waiverInForce([until(end)], RULE, MORNING), undefined);
      assert.equal(waiverThatEnded([until(end)], RULE, MORNING), undefined);
      assert.equal(daysLeft(until(end), MORNING), NaN);
    });
  }

  it("count the days to their last one", () => {
    assert.equal(daysLeft(until("2026-11-23"), MORNING), 0);
    assert.equal(daysLeft(until("2026-11-23"), new Date("2026-11-23T23:59:59Z")), 0);
    assert.equal(daysLeft(until("2026-12-07"), MORNING), 14);
    assert.equal(daysLeft(until("2026-11-20"), MORNING), -3);
  });

  it("travel as an annotation of the Cluster object, and back", () => {
    const waiver = { rule: "control-plane-require-quorum", until: "2026-12-31", reason: "one node: a trial\nof Ann" };
    const [key, value] = waiverAnnotation(waiver);
    assert.equal(key, "cluster-fleet.io/waiver.control-plane-require-quorum");
    assert.equal(value, "until 2026-12-31: one node: a trial\nof Ann");
    assert.deepEqual(parseWaiverAnnotation(key, value), waiver);
  });

  it("have rules whose annotation keys Kubernetes accepts", () => {
    for (const rule of WAIVABLE_RULES) {
      const [, name] = waiverAnnotation(until("2026-12-31", rule))[0].split("/");
      assert.match(name!, /^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$/);
    }
  });

  for (const [key, value] of [
    ["cluster-fleet.io/waiver.fleet-require-names", "2026-12-31: no until"],
    ["cluster-fleet.io/waiver.fleet-require-names", "until 2026-12-31"],
    ["cluster-fleet.io/waiver.fleet-require-names", "until 2026-12-31: "],
    ["cluster-fleet.io/waiver.fleet-require-names", "until tomorrow: soon"],
    ["example.com/waiver.fleet-require-names", "until 2026-12-31: of somebody else"],
  ] as const) {
    it(`are not read from ${key}: ${value}`, () => {
      assert.equal(parseWaiverAnnotation(key, value), undefined);
    });
  }
});
