import * as assert from "node:assert/strict";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { UNKNOWN } from "../../sandbox/plugins/grpc/struct";
import { checkConfig, diffConfig } from "../../sandbox/plugins/kubernetes/config";
import { settingsFrom } from "../../sandbox/plugins/kubernetes/settings";

const about = { urn: "urn", name: "name", type: "pulumi:providers:kubernetes" };

function kubeconfig(server: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "one",
    clusters: [
      { name: "one", cluster: { server } },
      { name: "two", cluster: { server: "https://two.example" } },
    ],
    contexts: [
      { name: "one", context: { cluster: "one", user: "user" } },
      { name: "two", context: { cluster: "two", user: "user" } },
    ],
    users: [{ name: "user", user: {} }],
  });
}

const ONE = kubeconfig("https://one.example");
const OTHER = kubeconfig("https://other.example");

function change(olds: JsonObject, news: JsonObject) {
  return diffConfig({ ...about, olds, news, oldInputs: olds });
}

describe("the Kubernetes stand-in's configuration", () => {
  it("passes as it is", () => {
    const news = { kubeconfig: ONE, clusterIdentifier: "a", version: "4.32.0", upsertExistingObjects: "true" };
    assert.deepEqual(checkConfig({ ...about, olds: {}, news }), { inputs: news });
  });

  it("is refused where the stand-in could not honour it", () => {
    const news = { renderYamlToDirectory: "out", enableServerSideApply: "false" };
    assert.deepEqual(checkConfig({ ...about, olds: {}, news }).failures, [
      {
        property: "renderYamlToDirectory",
        reason:
          'The stand-in for the Kubernetes provider does not support "renderYamlToDirectory": leave it out or install ' +
          "the official provider.",
      },
      {
        property: "enableServerSideApply",
        reason: "The stand-in for the Kubernetes provider has server-side apply only.",
      },
    ]);
  });

  it("takes settings from the environment where the program gives none", () => {
    const env = { PULUMI_K8S_ENABLE_PATCH_FORCE: "true", PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" };
    const settings = settingsFrom({ upsertExistingObjects: "false" }, env);
    assert.deepEqual([settings.enablePatchForce, settings.upsertExistingObjects], [true, false]);
  });
});

describe("a change of the Kubernetes stand-in's configuration", () => {
  const cases: [title: string, olds: JsonObject, news: JsonObject, diffs: string[], replaces: string[]][] = [
    ["an unknown kubeconfig replaces", { kubeconfig: ONE }, { kubeconfig: UNKNOWN }, ["kubeconfig"], ["kubeconfig"]],
    ["another server replaces", { kubeconfig: ONE }, { kubeconfig: OTHER }, ["kubeconfig"], ["kubeconfig"]],
    [
      "another context of the same file replaces",
      { kubeconfig: ONE, context: "one" },
      { kubeconfig: ONE, context: "two" },
      ["context"],
      ["context"],
    ],
    [
      "a context that is not there does not replace",
      { kubeconfig: ONE },
      { kubeconfig: ONE, context: "x" },
      ["context"],
      [],
    ],
    ["a kubeconfig where there was none does not replace", {}, { kubeconfig: ONE }, ["kubeconfig"], []],
    [
      "the same clusterIdentifier never replaces",
      { kubeconfig: ONE, clusterIdentifier: "a" },
      { kubeconfig: UNKNOWN, clusterIdentifier: "a" },
      ["kubeconfig"],
      [],
    ],
    [
      "another clusterIdentifier always replaces",
      { kubeconfig: ONE, clusterIdentifier: "a" },
      { kubeconfig: ONE, clusterIdentifier: "b" },
      ["clusterIdentifier"],
      ["clusterIdentifier"],
    ],
    ["a clusterIdentifier that comes does not replace", {}, { clusterIdentifier: "a" }, ["clusterIdentifier"], []],
    ["a clusterIdentifier that goes does not replace", { clusterIdentifier: "a" }, {}, ["clusterIdentifier"], []],
  ];
  for (const [title, olds, news, diffs, replaces] of cases) {
    it(title, async () => {
      const expected = { changes: "DIFF_SOME", diffs, ...(replaces.length > 0 ? { replaces } : {}) };
      assert.deepEqual(await change(olds, news), expected);
    });
  }

  it("of the plugin's version alone is none", async () => {
    assert.deepEqual(await change({ version: "4.31.0" }, { version: "4.32.0" }), { changes: "DIFF_NONE" });
  });
});
