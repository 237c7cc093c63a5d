import * as assert from "node:assert/strict";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { type CheckRequest } from "../../sandbox/plugins/grpc/provider";
import { secret, UNKNOWN } from "../../sandbox/plugins/grpc/struct";
import { check } from "../../sandbox/plugins/kubernetes/check";
import { type Kinds } from "../../sandbox/plugins/kubernetes/discovery";
import { adoptedFields, dropIgnored } from "../../sandbox/plugins/kubernetes/managed-fields";
import { liveInputs } from "../../sandbox/plugins/kubernetes/read";

const CLUSTER_SCOPED = ["Namespace"];
const KNOWN = ["ConfigMap", "Namespace", "Secret"];

const kinds: Kinds = {
  find: (apiVersion, kind) =>
    Promise.resolve(
      KNOWN.includes(kind) ? { apiVersion, kind, plural: kind, namespaced: !CLUSTER_SCOPED.includes(kind) } : undefined,
    ),
};

function checked(news: JsonObject, more: Partial<CheckRequest> = {}, known: Kinds | "none" = kinds) {
  const type = `kubernetes:core/v1:${String(news["kind"])}`;
  return check(
    { urn: "urn", name: "app", type, olds: {}, news, randomSeed: "c2VlZA==", ...more },
    known === "none" ? undefined : known,
    "apps",
  );
}

function configMap(metadata: JsonObject): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata };
}

describe("the Kubernetes stand-in's inputs", () => {
  it("get the provider's namespace where the kind has one", async () => {
    assert.deepEqual((await checked(configMap({ name: "a" }))).inputs, configMap({ name: "a", namespace: "apps" }));
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
    assert.deepEqual((await checked(namespace)).inputs, namespace);
  });

  it("get no namespace while the kind or the cluster is unknown", async () => {
    const cluster = { apiVersion: "x.io/v1", kind: "Thing", metadata: { name: "a" } };
    assert.deepEqual((await checked(cluster)).inputs, cluster);
    assert.deepEqual((await checked(configMap({ name: "a" }), {}, "none")).inputs, configMap({ name: "a" }));
  });

  it("get the same automatic name from the same seed", async () => {
    const [first, second] = [await checked(configMap({})), await checked(configMap({}))];
    assert.deepEqual(first, second);
    const metadata = first.inputs["metadata"] as JsonObject;
    assert.match(metadata["name"] as string, /^app-[0-9a-f]{8}$/);
    assert.deepEqual(metadata["annotations"], { "pulumi.com/autonamed": "true" });
  });

  it("keep an automatic name, but not one that the program chose", async () => {
    const automatic = configMap({ name: "app-1", annotations: { "pulumi.com/autonamed": "true" } });
    const kept = (await checked(configMap({}), { olds: automatic })).inputs["metadata"] as JsonObject;
    assert.equal(kept["name"], "app-1");
    const chosen = (await checked(configMap({}), { olds: configMap({ name: "mine" }) })).inputs[
      "metadata"
    ] as JsonObject;
    assert.match(chosen["name"] as string, /^app-[0-9a-f]{8}$/);
  });

  it("get the name that the engine's naming configuration proposes", async () => {
    const autonaming = { proposedName: "proposed", mode: "PROPOSE" as const };
    const metadata = (await checked(configMap({}), { autonaming })).inputs["metadata"] as JsonObject;
    assert.equal(metadata["name"], "proposed");
  });

  it("are refused without a name where automatic naming is disabled", async () => {
    const autonaming = { proposedName: "", mode: "DISABLE" as const };
    await assert.rejects(checked(configMap({}), { autonaming }), {
      message: "automatic naming is disabled, and urn has no metadata.name",
    });
  });

  it("have no name where the API server is to make one", async () => {
    const news = configMap({ generateName: "a-", namespace: "n" });
    assert.deepEqual((await checked(news)).inputs, news);
  });

  it("hold a Secret's plain text encoded among its data, all of it a secret", async () => {
    const news = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "a", namespace: "n" },
      data: { kept: "eA==" },
      stringData: { text: "y" },
    };
    const { stringData: _, ...rest } = news;
    assert.deepEqual((await checked(news)).inputs, { ...rest, data: secret({ kept: "eA==", text: "eQ==" }) });
  });

  it("leave a Secret's plain text where it is while a part is unknown", async () => {
    const news = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "a", namespace: "n" },
      stringData: { text: UNKNOWN },
    };
    assert.deepEqual((await checked(news)).inputs, { ...news, stringData: secret({ text: UNKNOWN }) });
  });

  it("are refused without an API version and kind", async () => {
    assert.deepEqual((await checked({ metadata: {} })).failures, [
      { property: "apiVersion", reason: "apiVersion is required." },
      { property: "kind", reason: "kind is required." },
    ]);
  });

  for (const type of ["kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:ConfigMapPatch"]) {
    it(`are refused for ${type}, which the stand-in does not have`, async () => {
      assert.deepEqual((await checked(configMap({ name: "a" }), { type })).failures, [
        {
          reason: `The stand-in for the Kubernetes provider does not support ${type}: install the official provider for it.`,
        },
      ]);
    });
  }
});

describe("what a refresh takes for the Kubernetes stand-in's inputs", () => {
  const live = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "a", namespace: "n", uid: "1", labels: { a: "1", theirs: "x" } },
    data: { k: "edited" },
    status: {},
  };

  it("is the live value of every field of the program, without what others added or took away", () => {
    const inputs = { ...configMap({ name: "a", namespace: "n", labels: { a: "0" } }), data: { k: "v", gone: "v" } };
    assert.deepEqual(liveInputs(live, inputs), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "n", labels: { a: "1" } },
      data: { k: "edited" },
    });
  });

  it("is, on import, everything but what the API server and tools write", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}" };
    const imported = { ...live, metadata: { ...live.metadata, annotations, resourceVersion: "1", managedFields: [] } };
    assert.deepEqual(liveInputs(imported, {}), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "n", labels: { a: "1", theirs: "x" } },
      data: { k: "edited" },
    });
  });

  it("tells list items apart by name", () => {
    const inputs = {
      list: [
        { name: "a", v: 1 },
        { name: "c", v: 1 },
      ],
    };
    const now: JsonObject = {
      list: [
        { name: "b", v: 2 },
        { name: "a", v: 3, more: 1 },
      ],
    };
    assert.deepEqual(liveInputs(now, inputs), { list: [{ name: "a", v: 3 }] });
  });

  it("takes a list of other things whole when its length has changed", () => {
    const found = liveInputs({ list: ["a", "b", "c"] }, { list: ["a", "b"] });
    assert.deepEqual(found["list"], ["a", "b", "c"]);
  });
});

describe("field managers of the Kubernetes stand-in", () => {
  const entry = (manager: string, operation: string, fieldsV1: JsonObject) => ({ manager, operation, fieldsV1 });

  it("adopt the fields of a creation by POST, so that leaving one out removes it", () => {
    const theirs = entry("them", "Update", { "f:data": { "f:c": {} } });
    const live = {
      metadata: {
        managedFields: [
          entry("us", "Update", { "f:data": { "f:a": {} } }),
          theirs,
          entry("us", "Apply", { "f:data": { "f:b": {} } }),
        ],
      },
    };
    assert.deepEqual(adoptedFields(live, "us"), [entry("us", "Apply", { "f:data": { "f:a": {}, "f:b": {} } }), theirs]);
  });

  it("have nothing to adopt after server-side apply, or from the status", () => {
    const status = { ...entry("us", "Update", { "f:status": {} }), subresource: "status" };
    const live = { metadata: { managedFields: [entry("us", "Apply", {}), status] } };
    assert.equal(adoptedFields(live, "us"), undefined);
  });

  it("leave an ignored field to its manager, and keep one of ours as it is in the cluster", () => {
    const live = {
      metadata: {
        managedFields: [
          entry("us", "Apply", { "f:spec": { "f:ours": {} } }),
          entry("autoscaler", "Update", { "f:spec": { "f:replicas": {} } }),
        ],
      },
      spec: { ours: "live", replicas: 7 },
    };
    const inputs = { spec: { ours: "old", replicas: 3, other: "new" } };
    assert.deepEqual(dropIgnored(inputs, live, ["spec.ours", "spec.replicas"], "us"), {
      spec: { ours: "live", other: "new" },
    });
  });
});
