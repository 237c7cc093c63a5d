import assert from "node:assert/strict";
import { managementAdviseCompatibleSet as rule } from "../../../policy/rules/management-advise-compatible-set";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, PLATFORM, platform } from "./aws";

function judged(path: string, value: unknown) {
  return judge(rule, PLATFORM, changed(platform(), path, value));
}

describe("policy management-advise-compatible-set", () => {
  it("is advisory", () => {
    assert.equal(rule.enforcementLevel, "advisory");
    assert.equal(rule.description, "Releases of a management cluster that nobody vouches for together.");
  });

  it("says nothing on the certified set", () => {
    assert.deepEqual(judge(rule, PLATFORM, platform()), { violations: [] });
  });

  it("tells of an AWS provider that Rancher is not certified with", () => {
    assert.deepEqual(judged("capaVersion", "v2.13.0").violations, [
      "management.clusterApi.capa: is not the AWS provider that Rancher 2.15 is certified with, 2.11.1 (got v2.13.0). " +
        "Use 2.11.1, or test this one.",
    ]);
  });

  it("tells of a release that no source speaks of", () => {
    assert.deepEqual(judged("rancherVersion", "v2.11.0").violations, [
      "management.rancher.version: is a release of Rancher of which the compatibility data says nothing (got v2.11.0). " +
        "Use 2.12, 2.13, 2.14, 2.15, or update cluster-fleet.",
    ]);
  });

  it("leaves to the mandatory rule what is refused: what does not go together, and no version", () => {
    assert.deepEqual(judged("kubernetesVersion", "1.33"), { violations: [] });
    assert.deepEqual(judged("capaVersion", "latest"), { violations: [] });
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
  });

  it("cannot run on what only the update will know", () => {
    assert.deepEqual(judged("rancherVersion", UNKNOWN_IN_PREVIEW), {
      violations: [],
      advisory: "string value at .rancherVersion can't be known during preview",
    });
  });
});
