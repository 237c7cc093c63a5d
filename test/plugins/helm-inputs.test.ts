import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { secret, UNKNOWN } from "../../sandbox/plugins/grpc/struct";
import { findChart } from "../../sandbox/plugins/kubernetes/helm/chart";
import { releaseDiff } from "../../sandbox/plugins/kubernetes/helm/diff";
import { refusals, release, releaseInputs } from "../../sandbox/plugins/kubernetes/helm/inputs";
import { renderedInputs } from "../../sandbox/plugins/kubernetes/helm/manifest";

function inputs(news: JsonObject, olds: JsonObject = {}): JsonObject {
  const request = {
    urn: "urn",
    name: "app",
    type: "kubernetes:helm.sh/v3:Release",
    olds,
    news,
    randomSeed: "c2VlZA==",
  };
  return releaseInputs(request, "apps");
}

describe("the inputs of a Helm release", () => {
  it("get the provider's namespace, an automatic name and a time-out", () => {
    const first = inputs({ chart: "demo", compat: "true" });
    assert.match(String(first["name"]), /^app-[0-9a-f]{8}$/);
    assert.deepEqual(first, inputs({ chart: "demo" }));
    assert.deepEqual(first, { chart: "demo", name: first["name"], namespace: "apps", timeout: 300 });
  });

  it("keep what the program says, and an earlier automatic name", () => {
    const chosen = { chart: "demo", name: "mine", namespace: "there", timeout: 10 };
    assert.deepEqual(inputs(chosen, { name: "other" }), chosen);
    assert.equal(inputs({ chart: "demo" }, { name: "app-1" })["name"], "app-1");
  });

  it("lose null values, unless they are asked for", () => {
    const values = { a: null, b: { c: null, d: 1 }, e: [null, 2] };
    assert.deepEqual(inputs({ chart: "demo", values })["values"], { b: { d: 1 }, e: [2] });
    assert.deepEqual(inputs({ chart: "demo", values, allowNullValues: true })["values"], values);
  });

  it("are refused where the stand-in cannot honour them, all at once", () => {
    const unfit = { postrender: "./patch", valueYamlFiles: [{ text: "a: 1" }], dependencyUpdate: true, verify: true };
    const reason = (property: string) =>
      `The stand-in for the Kubernetes provider does not support "${property}" of a Helm release: ` +
      "leave it out or install the official provider.";
    assert.deepEqual(refusals({ ...unfit, lint: false, keyring: "", recreatePods: false, devel: false }), [
      { property: "chart", reason: "chart is required." },
      ...Object.keys(unfit).map((property) => ({ property, reason: reason(property) })),
    ]);
  });

  it("become arguments of helm", () => {
    const wanted = release({
      chart: "demo",
      name: "app",
      namespace: "apps",
      timeout: 60,
      values: secret({ password: "hidden-word", pin: "123" }),
      maxHistory: 10,
      resetValues: true,
      skipCrds: true,
      createNamespace: false,
      description: "by test",
    });
    assert.deepEqual(wanted.installArgs, ["--skip-crds", "--description", "by test"]);
    assert.deepEqual(wanted.upgradeArgs, [
      "--reset-values",
      "--skip-crds",
      "--description",
      "by test",
      "--history-max",
      "10",
    ]);
    assert.deepEqual([wanted.timeout, wanted.atomic, wanted.secrets], ["60s", false, ["hidden-word"]]);
    assert.throws(() => release({ chart: UNKNOWN }), { message: "a Helm release has inputs that are not known" });
  });

  it("differ field by field, and another name or namespace replaces the release", () => {
    const olds = { name: "app", namespace: "apps", values: { a: 1, b: 1 } };
    assert.deepEqual(releaseDiff(olds, olds), { changes: "DIFF_NONE", hasDetailedDiff: true });
    assert.deepEqual(releaseDiff(olds, { ...olds, values: { a: 2, c: 1 } }), {
      changes: "DIFF_SOME",
      hasDetailedDiff: true,
      detailedDiff: {
        "values.a": { kind: "UPDATE", inputDiff: true },
        "values.b": { kind: "DELETE", inputDiff: true },
        "values.c": { kind: "ADD", inputDiff: true },
      },
    });
    assert.deepEqual(releaseDiff(olds, { ...olds, name: "other", namespace: "elsewhere" }).replaces, [
      "name",
      "namespace",
    ]);
  });

  it("keep a checksum of what the chart renders, and its objects by kind", () => {
    const manifest = [
      "# nothing",
      "apiVersion: v1\nkind: Secret\nmetadata: { name: a }",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: b, namespace: x }",
      "apiVersion: v1\nkind: Secret\nmetadata: { name: c }",
    ].join("\n---\n");
    const { checksum, resourceNames } = renderedInputs(manifest);
    assert.match(checksum, /^[0-9a-f]{64}$/);
    assert.notEqual(checksum, renderedInputs(`${manifest} `).checksum);
    assert.deepEqual(resourceNames, { "Secret/v1": ["a", "c"], "Deployment/apps/v1": ["x/b"] });
  });
});

describe("the chart of a Helm release", () => {
  let folder: string;
  const chart = (name: string, version: string): string => {
    mkdirSync(path.join(folder, name), { recursive: true });
    writeFileSync(path.join(folder, name, "Chart.yaml"), `name: demo\nversion: ${version}\n`);
    return path.join(folder, name);
  };
  const found = (wanted: JsonObject) => findChart(release({ name: "a", namespace: "n", ...wanted }), ["/none", folder]);

  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "charts-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is taken from its path", () => {
    assert.equal(found({ chart: chart("demo", "1.0.0"), version: "9.9.9" }), path.join(folder, "demo"));
    writeFileSync(path.join(folder, "demo.tgz"), "");
    assert.equal(found({ chart: path.join(folder, "demo.tgz") }), path.join(folder, "demo.tgz"));
    assert.equal(found({ chart: "./missing" }), undefined);
  });

  it("is found by name and version among the folders of charts, by its OCI reference too", () => {
    const [exact, repositoryOpts] = [chart("demo-v1.2.0", "v1.2.0"), { repo: "https://charts.example.com" }];
    assert.equal(found({ chart: "demo", version: "v1.2.0", repositoryOpts }), exact);
    assert.equal(found({ chart: "oci://example.com/charts/demo", version: "v1.2.0" }), exact);
    assert.equal(found({ chart: "demo", version: "v1.3.0", repositoryOpts }), undefined);
  });

  it("in a folder without a version is taken only if it has the version that is asked for", () => {
    const plain = chart("demo", "1.2.0");
    assert.equal(found({ chart: "demo", version: "v1.2.0" }), plain);
    assert.equal(found({ chart: "demo", version: "" }), plain);
    assert.equal(found({ chart: "demo", version: "1.2.1" }), undefined);
  });
});
