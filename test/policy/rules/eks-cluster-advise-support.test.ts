import assert from "node:assert/strict";
import { eksClusterAdviseSupport as rule } from "../../../policy/rules/eks-cluster-advise-support";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, judgeProtected, LAUNCH_TEMPLATE, VERSIONS } from "./aws";

function judged(version: unknown, supportType: unknown, day?: string, config: object = {}) {
  const cluster = changed(changed(eksCluster(), "version", version), "upgradePolicy", { supportType });
  return judgeProtected(rule, EKS_CLUSTER, cluster, { versions: VERSIONS, ...config }, day);
}

describe("policy eks-cluster-advise-support", () => {
  it("is advisory", () => {
    assert.equal(rule.enforcementLevel, "advisory");
    assert.equal(rule.description, "When the support of an EKS cluster's minor ends, and what extended support costs.");
  });

  it("says nothing on a minor that has time", () => {
    assert.deepEqual(judged("1.35", "STANDARD"), { violations: [] });
  });

  it("tells from 60 days before its end that support ends, and that EKS then upgrades by itself", () => {
    const ends = (when: string) => [
      `version: EKS cluster fleet loses standard support ${when}, on 2026-12-02, and then EKS upgrades it by itself ` +
        '(got "1.34"). Upgrade to 1.35.',
    ];
    assert.deepEqual(judged("1.34", "STANDARD", "2026-10-02").violations, []);
    assert.deepEqual(judged("1.34", "STANDARD", "2026-10-03").violations, ends("in 60 days"));
    assert.deepEqual(judged("1.34", "STANDARD", "2026-12-01").violations, ends("tomorrow"));
  });

  for (const supportType of ["EXTENDED", undefined]) {
    it(`tells what it then costs, for the type ${supportType}`, () => {
      assert.deepEqual(judged("1.34", supportType).violations, [
        "version: EKS cluster fleet loses standard support in 9 days, on 2026-12-02, and then costs 438 instead of 73 " +
          'USD a month (got "1.34"). Upgrade to 1.35.',
      ]);
    });
  }

  it("takes the number of days from its configuration", () => {
    assert.equal(judged("1.34", "STANDARD", undefined, { days: 8 }).violations.length, 0);
    assert.equal(judged("1.34", "STANDARD", undefined, { days: 9 }).violations.length, 1);
  });

  it("tells what chosen extended support costs, and until when", () => {
    assert.deepEqual(judged("1.33", "EXTENDED").violations, [
      "version: EKS cluster fleet is in extended support, for 438 instead of 73 USD a month, until EKS upgrades it by " +
        'itself on 2027-07-29 (got "1.33"). Upgrade to 1.34.',
    ]);
  });

  it("leaves to the mandatory rule what is refused: no support, none chosen, no minor", () => {
    assert.deepEqual(judged("1.32", "EXTENDED").violations, []);
    assert.deepEqual(judged("1.33", "STANDARD").violations, []);
    assert.deepEqual(judged("1.99", "STANDARD").violations, []);
    assert.deepEqual(judged("v1.34", "STANDARD").violations, []);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  it("cannot run on what only the update will know", () => {
    assert.deepEqual(judged(UNKNOWN_IN_PREVIEW, "STANDARD"), {
      violations: [],
      advisory: "string value at .version can't be known during preview",
    });
    assert.deepEqual(judged("1.34", UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .upgradePolicy.supportType can't be known during preview",
    });
  });
});
