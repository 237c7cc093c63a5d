import assert from "node:assert/strict";
import { fleetRequireNames as rule } from "../../../policy/rules/fleet-require-names";
import { fleet, fleetCluster, judgeFleet, waiver } from "../fleets";
import { UNKNOWN_IN_PREVIEW, type Verdict } from "../helpers";

function judgeName(name: unknown, config: object = {}): Verdict {
  return judgeFleet(rule, fleet([{ ...fleetCluster("a"), name }]), config);
}

describe("policy fleet-require-names", () => {
  it("is mandatory", () => {
    assert.equal(rule.enforcementLevel, "mandatory");
    assert.equal(rule.description, "Every cluster has a name of the agreed form.");
  });

  for (const name of ["a", "prod-us-west-2", "x".repeat(32)]) {
    it(`accepts ${name}`, () => {
      assert.deepEqual(judgeName(name), { violations: [] });
    });
  }

  for (const name of ["2-prod", "Prod", "prod--us", "prod-", "prod.us", "prod_us"]) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(judgeName(name).violations, [
        `clusters.${name}.name: is not of the agreed form (got "${name}"). ` +
          "Choose a name that matches ^[a-z][a-z0-9]*(-[a-z0-9]+)*$.",
      ]);
    });
  }

  it("refuses a name of 33 characters", () => {
    const name = "x".repeat(33);
    assert.deepEqual(judgeName(name).violations, [
      `clusters.${name}.name: has 33 characters (got "${name}"). Choose a name of at most 32.`,
    ]);
  });

  it("takes the form and the length from its configuration", () => {
    const config = { pattern: "^(prod|test)-", maxLength: 6 };
    assert.deepEqual(judgeName("test-1", config), { violations: [] });
    assert.deepEqual(judgeName("staging-1", config).violations, [
      'clusters.staging-1.name: is not of the agreed form (got "staging-1"). Choose a name that matches ^(prod|test)-.',
      'clusters.staging-1.name: has 9 characters (got "staging-1"). Choose a name of at most 6.',
    ]);
  });

  it("refuses the names that its configuration reserves", () => {
    assert.deepEqual(judgeName("hub", { reserved: ["hub", "seed"] }).violations, [
      'clusters.hub.name: is a reserved name (got "hub"). Choose another than hub, seed.',
    ]);
    assert.deepEqual(judgeName("hub-1", { reserved: ["hub"] }), { violations: [] });
  });

  it("asks for the environment in front where its configuration says so", () => {
    const config = { environmentPrefix: true };
    assert.deepEqual(judgeName("production-1", config), { violations: [] });
    assert.deepEqual(judgeName("productive-1", config).violations, [
      'clusters.productive-1.name: does not begin with its environment (got "productive-1"). ' +
        "Choose a name such as production-productive-1.",
    ]);
  });

  it("reports a form that is no regular expression, instead of ending the run with a stack trace", () => {
    assert.deepEqual(judgeName("a", { pattern: "[" }).violations, [
      'pattern: the policy\'s configuration is not a regular expression (got "["). ' +
        "Correct it in the file of --policy-pack-config.",
    ]);
  });

  it("is lifted by a waiver", () => {
    const waivers = [waiver("fleet-require-names")];
    assert.deepEqual(judgeFleet(rule, fleet([fleetCluster("OLD", { waivers })])), { violations: [] });
  });

  it("is advisory in the preview where a name is known only after the update, and enforced for the rest", () => {
    const clusters = [{ ...fleetCluster("a"), name: UNKNOWN_IN_PREVIEW }, fleetCluster("Prod")];
    assert.deepEqual(judgeFleet(rule, fleet(clusters)), {
      violations: [
        'clusters.Prod.name: is not of the agreed form (got "Prod"). ' +
          "Choose a name that matches ^[a-z][a-z0-9]*(-[a-z0-9]+)*$.",
      ],
      advisory: "string value at .clusters.0.name can't be known during preview",
    });
  });

  it("is advisory in the preview where the environment of the prefix is known only after the update", () => {
    const props = fleet([fleetCluster("a")], { environment: UNKNOWN_IN_PREVIEW });
    assert.deepEqual(judgeFleet(rule, props, { environmentPrefix: true }), {
      violations: [],
      advisory: "string value at .environment can't be known during preview",
    });
    assert.deepEqual(judgeFleet(rule, props), { violations: [] });
  });
});
