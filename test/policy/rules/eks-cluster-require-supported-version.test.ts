import assert from "node:assert/strict";
import { calendarData } from "../../../fleet/versions";
import { eksClusterRequireSupportedVersion as rule } from "../../../policy/rules/eks-cluster-require-supported-version";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, judgeProtected, LAUNCH_TEMPLATE, VERSIONS } from "./aws";

function judged(path: string, value: unknown, day?: string, versions: object = VERSIONS) {
  return judgeProtected(rule, EKS_CLUSTER, changed(eksCluster(), path, value), { versions }, day);
}

const EXTENDED = { supportType: "EXTENDED" };

describe("policy eks-cluster-require-supported-version", () => {
  it("accepts a minor in standard support through its last day", () => {
    assert.deepEqual(judged("version", "1.35"), { violations: [] });
    assert.deepEqual(judged("version", "1.34", "2026-12-01"), { violations: [] });
  });

  for (const [supportType, got] of [
    ["STANDARD", '"STANDARD"'],
    [undefined, "nothing"],
  ] as const) {
    it(`refuses extended support that nobody chose: ${got}`, () => {
      const cluster = changed(changed(eksCluster(), "version", "1.34"), "upgradePolicy", { supportType });
      const verdict = judgeProtected(rule, EKS_CLUSTER, cluster, { versions: VERSIONS }, "2026-12-02");
      assert.deepEqual(verdict.violations, [
        "upgradePolicy.supportType: nobody chose 1.34 in extended support until 2027-12-02 for EKS cluster fleet " +
          `(got ${got}). Upgrade to 1.35. Or set it to "EXTENDED", for 438 instead of 73 USD a month.`,
      ]);
    });
  }

  it("accepts extended support that was chosen", () => {
    const cluster = changed(changed(eksCluster(), "version", "1.33"), "upgradePolicy", EXTENDED);
    assert.deepEqual(judgeProtected(rule, EKS_CLUSTER, cluster, { versions: VERSIONS }), { violations: [] });
  });

  it("refuses a minor without support, extended or not, and tells the way to the nearest that has it", () => {
    const cluster = changed(changed(eksCluster(), "version", "1.32"), "upgradePolicy", EXTENDED);
    assert.deepEqual(judgeProtected(rule, EKS_CLUSTER, cluster, { versions: VERSIONS }).violations, [
      'version: EKS cluster fleet has a minor without support since 2026-10-01 (got "1.32"). ' +
        "Upgrade one minor at a time: 1.33, 1.34.",
    ]);
  });

  it("refuses a minor that is older or newer than all that the calendar knows", () => {
    assert.deepEqual(
      judged("version", "1.4").violations.map((violation) => violation.split(" Upgrade")[0]),
      ['version: EKS cluster fleet has a minor older than all that the calendar knows (got "1.4").'],
    );
    assert.deepEqual(judged("version", "1.99").violations, [
      `version: EKS cluster fleet has a minor that is newer than what the calendar of ${calendarData.dated} knows ` +
        `(got "1.99"). Use ${calendarData.eks.at(-1)?.minor}, or add 1.99 under versions of this rule's configuration.`,
    ]);
  });

  it("accepts a newer minor that its configuration adds", () => {
    const versions = { "1.99": { released: "2026-11-01", standardEnds: "2028-01-01", extendedEnds: "2029-01-01" } };
    assert.deepEqual(judged("version", "1.99", undefined, versions), { violations: [] });
  });

  it("asks for newer data where no minor that it knows has support left", () => {
    assert.deepEqual(judged("version", "1.36", "2040-01-01").violations, [
      'version: EKS cluster fleet has a minor without support since 2028-08-02 (got "1.36"). ' +
        "Tell what is supported under versions of this rule's configuration, or update cluster-fleet.",
    ]);
  });

  for (const [version, got] of [
    [undefined, "nothing"],
    ["v1.35", '"v1.35"'],
    ["1.35.2", '"1.35.2"'],
    [1.35, "1.35"],
  ] as const) {
    it(`refuses the version ${got}, which is no minor of EKS`, () => {
      assert.deepEqual(judged("version", version).violations, [
        `version: EKS cluster fleet names no minor of EKS (got ${got}). ` +
          'Write it such as "1.35": EKS chooses the patch itself.',
      ]);
    });
  }

  it("reports a configuration that makes no calendar", () => {
    assert.deepEqual(judged("version", "1.35", undefined, { "1.99": {} }).violations, [
      'versions: the policy\'s configuration makes no calendar of EKS (got {"1.99":{}}). ' +
        'Write each minor as "1.40": {"released": "YYYY-MM-DD", "standardEnds": "YYYY-MM-DD"}.',
    ]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know the version, or the choice where it matters", () => {
    assert.deepEqual(judged("version", UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .version can't be known during preview",
    });
    assert.deepEqual(judged("upgradePolicy", UNKNOWN_IN_PREVIEW), { violations: [] });
    const old = changed(changed(eksCluster(), "version", "1.33"), "upgradePolicy", UNKNOWN_IN_PREVIEW);
    assert.deepEqual(judgeProtected(rule, EKS_CLUSTER, old, { versions: VERSIONS }), {
      violations: [],
      advisory: "string value at .upgradePolicy can't be known during preview",
    });
  });
});
