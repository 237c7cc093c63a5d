import assert from "node:assert/strict";
import { eksClusterRequireAccessEntries as rule } from "../../../policy/rules/eks-cluster-require-access-entries";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, eksCluster, LAUNCH_TEMPLATE } from "./aws";

function judged(path: string, value: unknown) {
  return judge(rule, EKS_CLUSTER, changed(eksCluster(), path, value));
}

function configMap(got: string): string {
  return (
    "accessConfig.authenticationMode: the ConfigMap aws-auth would let people into EKS cluster fleet " +
    `(got ${got}). Set it to "API".`
  );
}

function creator(got: string): string {
  return (
    "accessConfig.bootstrapClusterCreatorAdminPermissions: whoever creates EKS cluster fleet has all rights on it, " +
    `without an access entry (got ${got}). Set it to false.`
  );
}

describe("policy eks-cluster-require-access-entries", () => {
  it("accepts a cluster that only access entries let people into", () => {
    assert.deepEqual(judge(rule, EKS_CLUSTER, eksCluster()), { violations: [] });
  });

  for (const [mode, got] of [
    ["API_AND_CONFIG_MAP", '"API_AND_CONFIG_MAP"'],
    ["CONFIG_MAP", '"CONFIG_MAP"'],
    [undefined, "nothing"],
  ] as const) {
    it(`refuses the mode ${got}`, () => {
      assert.deepEqual(judged("accessConfig.authenticationMode", mode).violations, [configMap(got)]);
    });
  }

  it("refuses rights of whoever creates the cluster, which is what nothing stated means", () => {
    const path = "accessConfig.bootstrapClusterCreatorAdminPermissions";
    assert.deepEqual(judged(path, true).violations, [creator("true")]);
    assert.deepEqual(judged(path, undefined).violations, [creator("nothing, which means true")]);
  });

  it("refuses a cluster that states nothing, in both respects", () => {
    assert.deepEqual(judged("accessConfig", undefined).violations, [
      configMap("nothing"),
      creator("nothing, which means true"),
    ]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, LAUNCH_TEMPLATE, {}), { violations: [], notApplicable: true });
  });

  for (const field of ["authenticationMode", "bootstrapClusterCreatorAdminPermissions"]) {
    it(`is advisory in the preview where only the update will know ${field}`, () => {
      assert.deepEqual(judged(`accessConfig.${field}`, UNKNOWN_IN_PREVIEW), {
        violations: [],
        advisory: `string value at .accessConfig.${field} can't be known during preview`,
      });
    });
  }
});
