import assert from "node:assert/strict";
import path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";

/** Every component that other programs may use. */
const EXPORTED = [
  "Baseline",
  "ClusterApi",
  "ClusterClasses",
  "EksManagementCluster",
  "EnvironmentAccess",
  "Fleet",
  "ManagementCluster",
  "MemberAccount",
  "Rancher",
  "WorkloadCluster",
];

const REPOSITORY = path.resolve(__dirname, "../..");

describe("the component package", () => {
  it("has a schema that Pulumi's SDK can infer, so every language can use it", function () {
    this.timeout(120_000);
    const analyzer = new Analyzer(
      REPOSITORY,
      "cluster-fleet",
      { name: "cluster-fleet", version: "0.0.0", main: "components/index.ts" },
      new Set(EXPORTED),
    );
    const { components } = analyzer.analyze();
    assert.deepEqual(Object.keys(components).sort(), [...EXPORTED].sort());
    assert.deepEqual(Object.keys(components["Fleet"]!.inputs).sort(), [
      "apiRanges",
      "baseline",
      "classes",
      "clusters",
      "createNamespace",
      "environment",
      "management",
      "monthlyCostLimit",
      "namespace",
      "peers",
      "reach",
      "versionOverrides",
    ]);
  });
});
