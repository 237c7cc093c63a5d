import * as assert from "node:assert/strict";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { diff, pathText } from "../../sandbox/plugins/kubernetes/diff";

const immutable = { enableConfigMapMutable: false, enableSecretMutable: false };
const mutable = { enableConfigMapMutable: true, enableSecretMutable: true };

function change(oldInputs: JsonObject, news: JsonObject, settings = immutable) {
  return diff({ urn: "urn", name: "name", type: "type", olds: {}, oldInputs, news }, settings);
}

function configMap(data: JsonObject, more: JsonObject = {}): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "n" }, data, ...more };
}

function deployment(spec: JsonObject): JsonObject {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a", namespace: "n" }, spec };
}

describe("the Kubernetes stand-in's diff", () => {
  it("replaces a ConfigMap whose data changes", () => {
    assert.deepEqual(change(configMap({ k: "1" }), configMap({ k: "2" })), {
      changes: "DIFF_SOME",
      detailedDiff: { "data.k": { kind: "UPDATE_REPLACE" } },
      hasDetailedDiff: true,
      replaces: ["data.k"],
      deleteBeforeReplace: true,
    });
  });

  it("updates it instead with enableConfigMapMutable", () => {
    assert.deepEqual(change(configMap({ k: "1" }), configMap({ k: "2" }), mutable), {
      changes: "DIFF_SOME",
      detailedDiff: { "data.k": { kind: "UPDATE" } },
      hasDetailedDiff: true,
    });
  });

  it("replaces an immutable ConfigMap in spite of enableConfigMapMutable", () => {
    const response = change(configMap({ k: "1" }), configMap({ k: "2" }, { immutable: true }), mutable);
    assert.deepEqual(response.replaces, ["data.k"]);
  });

  it("replaces a Secret whose type changes, whatever enableSecretMutable says", () => {
    const secret = (type: string) => ({ ...configMap({}), kind: "Secret", type });
    assert.deepEqual(change(secret("Opaque"), secret("x/y"), mutable).replaces, ["type"]);
  });

  it("creates the replacement first where the name is automatic", () => {
    const named = (data: JsonObject) => ({
      ...configMap(data),
      metadata: { name: "a-1", namespace: "n", annotations: { "pulumi.com/autonamed": "true" } },
    });
    const response = change(named({ k: "1" }), named({ k: "2" }));
    assert.deepEqual([response.replaces, response.deleteBeforeReplace], [["data.k"], undefined]);
  });

  it("replaces an object that moves to another namespace, new before old", () => {
    const moved = { ...configMap({}), metadata: { name: "a", namespace: "other" } };
    const response = change(configMap({}), moved);
    assert.deepEqual([response.replaces, response.deleteBeforeReplace], [["metadata.namespace"], undefined]);
  });

  it("replaces for a Deployment's selector but not for its replicas", () => {
    const before = deployment({ replicas: 1, selector: { matchLabels: { app: "a" } } });
    const after = deployment({ replicas: 2, selector: { matchLabels: { app: "b" } } });
    assert.deepEqual(change(before, after).replaces, ["spec.selector.matchLabels.app"]);
  });

  it("replaces a Pod for any container's image", () => {
    const pod = (image: string) => ({ ...configMap({}), kind: "Pod", spec: { containers: [{ name: "c", image }] } });
    assert.deepEqual(change(pod("a"), pod("b")).replaces, ["spec.containers[0].image"]);
  });

  it("replaces for another kind or API group, but not for another version of the group", () => {
    const object = (apiVersion: string, kind = "A") => ({ apiVersion, kind, metadata: { name: "a" } });
    assert.deepEqual(change(object("g.io/v1"), object("g.io/v2")).replaces, undefined);
    assert.deepEqual(change(object("g.io/v1"), object("h.io/v1")).replaces, ["apiVersion"]);
    assert.deepEqual(change(object("g.io/v1"), object("g.io/v1", "B")).replaces, ["kind"]);
  });

  it("names what is added, removed and changed, item by item in lists", () => {
    const before = deployment({ list: [{ a: 1 }, { b: 1 }], gone: "x" });
    const after = deployment({ list: [{ a: 2 }], come: { x: 1 } });
    assert.deepEqual(change(before, after).detailedDiff, {
      "spec.come": {},
      "spec.gone": { kind: "DELETE", inputDiff: true },
      "spec.list[0].a": { kind: "UPDATE" },
      "spec.list[1]": { kind: "DELETE", inputDiff: true },
    });
  });

  it("writes keys with special characters in brackets", () => {
    assert.equal(pathText(["metadata", "annotations", "a.b/c", 0, "d/e"]), 'metadata.annotations["a.b/c"][0].d/e');
  });
});
