import assert from "node:assert/strict";
import { managementRequireCompatibleSet as rule } from "../../../policy/rules/management-require-compatible-set";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, PLATFORM, platform } from "./aws";

function judged(path: string, value: unknown) {
  return judge(rule, PLATFORM, changed(platform(), path, value));
}

const OLD_KUBERNETES =
  "management.version: is outside what Rancher 2.15 runs on (its chart asks for <1.37), 1.34 to 1.36 (got 1.33). " +
  "Use 1.34 to 1.36.";

describe("policy management-require-compatible-set", () => {
  it("accepts a set that goes together, with Rancher and without", () => {
    assert.deepEqual(judge(rule, PLATFORM, platform()), { violations: [] });
    assert.deepEqual(judged("rancherVersion", undefined), { violations: [] });
  });

  it("accepts a platform without Cluster API", () => {
    assert.deepEqual(judge(rule, PLATFORM, { kubernetesVersion: "1.35" }), { violations: [] });
  });

  it("refuses a Kubernetes that Rancher does not run on", () => {
    assert.deepEqual(judged("kubernetesVersion", "1.33").violations, [OLD_KUBERNETES]);
  });

  it("reads the version of Kubernetes among the facts of the cluster too", () => {
    const inputs = { ...platform(), kubernetesVersion: undefined, cluster: { kubernetesVersion: "1.33" } };
    assert.deepEqual(judge(rule, PLATFORM, inputs).violations, [OLD_KUBERNETES]);
  });

  it("refuses a Cluster API that Rancher does not bring", () => {
    assert.deepEqual(judged("clusterApiVersion", "v1.12.7").violations, [
      "management.clusterApi: is not of the minor that Rancher 2.15 installs itself, 1.13.3 (got v1.12.7). Use 1.13.3.",
    ]);
  });

  it("refuses a Cluster API that the AWS provider does not work with", () => {
    const inputs = changed(changed(platform(), "rancherVersion", undefined), "capaVersion", "v2.13.0");
    assert.deepEqual(judge(rule, PLATFORM, changed(inputs, "clusterApiVersion", "v1.12.7")).violations, [
      "management.clusterApi: is outside what the AWS provider v2.13.0 works with, 1.13 to 1.15 (got v1.12.7). " +
        "Use 1.13 to 1.15.",
    ]);
  });

  it("refuses a Rancher whose Cluster API breaks clusters", () => {
    assert.deepEqual(judged("rancherVersion", "v2.16.0").violations, [
      "management.rancher.version: is 2.16 or newer: it brings Cluster API 1.14, with which clusters on EKS never finish " +
        "an upgrade (got v2.16.0). Use 2.12, 2.13, 2.14, 2.15.",
    ]);
  });

  for (const [version, got] of [
    ["latest", '"latest"'],
    [1.35, "1.35"],
  ] as const) {
    it(`refuses ${got}, which is no version, and judges the others`, () => {
      assert.deepEqual(judge(rule, PLATFORM, { ...platform(), capaVersion: version, kubernetesVersion: "1.33" }), {
        violations: [
          `management.clusterApi.capa: is not a version (got ${got}). Write it such as v1.35.`,
          OLD_KUBERNETES,
        ],
      });
    });
  }

  it("leaves what no source speaks of to the advisory rule", () => {
    assert.deepEqual(judged("capaVersion", "v2.13.0"), { violations: [] });
    assert.deepEqual(judged("capaVersion", "v2.99.0"), { violations: [] });
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where only the update will know a version, and enforced for the others", () => {
    assert.deepEqual(
      judge(rule, PLATFORM, { ...platform(), capaVersion: UNKNOWN_IN_PREVIEW, kubernetesVersion: "1.33" }),
      {
        violations: [OLD_KUBERNETES],
        advisory: "string value at .capaVersion can't be known during preview",
      },
    );
    assert.deepEqual(judged("clusterApiVersion", UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .clusterApiVersion can't be known during preview",
    });
  });
});
