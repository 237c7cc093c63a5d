import assert from "node:assert/strict";
import { eksClusterRequireLogs as rule } from "../../../policy/rules/eks-cluster-require-logs";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, LAUNCH_TEMPLATE } from "./aws";

const ALL = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function judged(types: unknown) {
  return judge(rule, EKS_CLUSTER, changed(eksCluster(), "enabledClusterLogTypes", types));
}

function missing(types: string, got: string): string {
  return (
    `enabledClusterLogTypes: EKS cluster fleet does not log ${types} (got ${got}). ` +
    "List api, audit, authenticator, controllerManager, scheduler."
  );
}

describe("policy eks-cluster-require-logs", () => {
  it("accepts a cluster that writes all its logs, in any order", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, eksCluster()), { violations: [] });
    assert.deepEqual(judged([...ALL].reverse()), { violations: [] });
  });

  for (const type of ALL) {
    it(`refuses a cluster that does not log ${type}`, () => {
      const others = ALL.filter((other) => other !== type);
      assert.deepEqual(judged(others).violations, [missing(type, JSON.stringify(others))]);
    });
  }

  it("refuses a cluster that states nothing: EKS writes no log", () => {
    assert.deepEqual(judged(undefined).violations, [missing(ALL.join(", "), "nothing")]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know a type", () => {
    assert.deepEqual(judged([...ALL.slice(1), UNKNOWN_IN_PREVIEW]), {
      violations: [],
      advisory: "string value at .enabledClusterLogTypes.4 can't be known during preview",
    });
  });
});
