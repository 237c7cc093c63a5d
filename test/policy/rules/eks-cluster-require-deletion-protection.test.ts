import assert from "node:assert/strict";
import { eksClusterRequireDeletionProtection as rule } from "../../../policy/rules/eks-cluster-require-deletion-protection";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, judgeProtected, LAUNCH_TEMPLATE } from "./aws";

const REMEDY = "Set it to true, or name fleet in except of this rule's configuration.";
const BY_PULUMI = `protect: Pulumi would delete EKS cluster fleet in a run that no longer declares it (got false). ${REMEDY}`;

function byAws(got: string): string {
  return `deletionProtection: AWS would delete EKS cluster fleet at one call (got ${got}). ${REMEDY}`;
}

describe("policy eks-cluster-require-deletion-protection", () => {
  it("accepts a cluster that both Pulumi and AWS protect", () => {
    assert.deepEqual(judgeProtected(rule, EKS_CLUSTER, eksCluster()), { violations: [] });
  });

  it("refuses a cluster that Pulumi does not protect", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, eksCluster()).violations, [BY_PULUMI]);
  });

  for (const [protection, got] of [
    [false, "false"],
    [undefined, "nothing"],
    ["true", '"true"'],
  ] as const) {
    it(`refuses a cluster whose deletionProtection is ${got}`, () => {
      const cluster = changed(eksCluster(), "deletionProtection", protection);
      assert.deepEqual(judgeProtected(rule, EKS_CLUSTER, cluster).violations, [byAws(got)]);
    });
  }

  it("leaves a cluster alone that its configuration names, and no other", () => {
    const cluster = changed(eksCluster(), "deletionProtection", false);
    assert.deepEqual(judge(rule, EKS_CLUSTER, cluster, { except: ["fleet"] }), { violations: [], notApplicable: true });
    assert.deepEqual(judge(rule, EKS_CLUSTER, cluster, { except: ["fle"] }).violations, [byAws("false"), BY_PULUMI]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know deletionProtection, and enforced for protect", () => {
    const cluster = changed(eksCluster(), "deletionProtection", UNKNOWN_IN_PREVIEW);
    assert.deepEqual(judge(rule, EKS_CLUSTER, cluster), {
      violations: [BY_PULUMI],
      advisory: "string value at .deletionProtection can't be known during preview",
    });
  });
});
