import assert from "node:assert/strict";
import { clusterApiRequireOneOwner as rule } from "../../../policy/rules/cluster-api-require-one-owner";
import { CLUSTER_TYPE, compliantCluster, judge, UNKNOWN_IN_PREVIEW } from "../helpers";
import { changed, EKS_CLUSTER, PLATFORM, platform } from "./aws";

const PROVIDER = "kubernetes:turtles-capi.cattle.io/v1alpha1:CAPIProvider";
const CORE_PROVIDER = "kubernetes:operator.cluster.x-k8s.io/v1alpha2:CoreProvider";

function judged(installer: unknown, rancherVersion?: unknown) {
  return judge(rule, PLATFORM, { ...platform(), clusterApiInstaller: installer, rancherVersion });
}

function provider(type: unknown, metadata: object = { name: "aws", namespace: "capa-system" }) {
  return judge(rule, PROVIDER, { metadata, spec: { type } });
}

function coreProvider(namespace: unknown) {
  return judge(rule, CORE_PROVIDER, { metadata: { name: "cluster-api", namespace }, spec: { version: "v1.13.4" } });
}

describe("policy cluster-api-require-one-owner", () => {
  it("accepts Turtles with Rancher, the operator without, and none with or without", () => {
    assert.deepEqual(judged("turtles", "v2.15.0"), { violations: [] });
    assert.deepEqual(judged("operator"), { violations: [] });
    assert.deepEqual(judged("none"), { violations: [] });
    assert.deepEqual(judged("none", "v2.15.0"), { violations: [] });
  });

  it("accepts a platform without Cluster API", () => {
    assert.deepEqual(judged(undefined), { violations: [] });
  });

  it("refuses the operator beside Rancher", () => {
    assert.deepEqual(judged("operator", "v2.15.0").violations, [
      "management.clusterApi.installer: would be a second owner of Cluster API beside Rancher, which installs it itself " +
        '(got "operator"). Write turtles, or rancher: false.',
    ]);
  });

  it("refuses Turtles without Rancher", () => {
    assert.deepEqual(judged("turtles").violations, [
      'management.clusterApi.installer: comes with Rancher, and there is none (got "turtles"). ' +
        "Write operator, or declare rancher.",
    ]);
  });

  it("refuses an installer that there is not", () => {
    assert.deepEqual(judged("clusterctl").violations, [
      'management.clusterApi.installer: installs no Cluster API (got "clusterctl"). Write turtles or operator or none.',
    ]);
  });

  for (const type of ["bootstrap", "controlPlane", "infrastructure", "addon"]) {
    it(`accepts a provider of Turtles of the type ${type}`, () => {
      assert.deepEqual(provider(type), { violations: [] });
    });
  }

  it("refuses a core among the providers of Turtles", () => {
    assert.deepEqual(provider("core", { name: "cluster-api", namespace: "capi-system" }).violations, [
      "spec.type: CAPIProvider capi-system/cluster-api would be a second core of Cluster API, for Rancher has made one " +
        'itself (got "core"). Remove it.',
    ]);
  });

  it("accepts an operator's core in its own namespace, and refuses it in one of Rancher's", () => {
    assert.deepEqual(coreProvider("capi-system"), { violations: [] });
    assert.deepEqual(coreProvider("cattle-capi-system").violations, [
      "metadata.namespace: CoreProvider cattle-capi-system/cluster-api would be a second core of Cluster API where " +
        'Rancher has its own (got "cattle-capi-system"). Remove it.',
    ]);
  });

  it("does not judge other resources", () => {
    assert.deepEqual(judge(rule, CLUSTER_TYPE, compliantCluster()), { violations: [], notApplicable: true });
    assert.deepEqual(judge(rule, EKS_CLUSTER, {}), { violations: [], notApplicable: true });
    for (const type of [
      "turtles-capi.cattle.io/v1alpha1:ClusterctlConfig",
      "operator.cluster.x-k8s.io/v1alpha2:InfrastructureProvider",
      "example.com/v1:CAPIProvider",
      "example.com/v1:CoreProvider",
    ]) {
      const core = { metadata: { name: "core", namespace: "cattle-capi-system" }, spec: { type: "core" } };
      assert.deepEqual(judge(rule, `kubernetes:${type}`, core), { violations: [], notApplicable: true });
    }
  });

  for (const [what, verdict, path] of [
    ["the installer", () => judged(UNKNOWN_IN_PREVIEW), "clusterApiInstaller"],
    ["Rancher", () => judged("operator", UNKNOWN_IN_PREVIEW), "rancherVersion"],
    ["a provider's type", () => provider(UNKNOWN_IN_PREVIEW), "spec.type"],
    ["a core's namespace", () => coreProvider(UNKNOWN_IN_PREVIEW), "metadata.namespace"],
  ] as const) {
    it(`is advisory in the preview where only the update will know ${what}`, () => {
      assert.deepEqual(verdict(), {
        violations: [],
        advisory: `string value at .${path} can't be known during preview`,
      });
    });
  }

  it("judges the component's installer although only the update will know an unrelated version", () => {
    const inputs = changed({ ...platform(), clusterApiInstaller: "operator" }, "capaVersion", UNKNOWN_IN_PREVIEW);
    assert.equal(judge(rule, PLATFORM, inputs).violations.length, 1);
  });
});
