import * as assert from "node:assert/strict";
import { type JsonObject } from "../../sandbox/plugins/grpc/json";
import { InitFailed } from "../../sandbox/plugins/grpc/provider";
import { connect } from "../../sandbox/plugins/kubernetes/cluster";
import { KubernetesProvider } from "../../sandbox/plugins/kubernetes/provider";
import { settingsFrom } from "../../sandbox/plugins/kubernetes/settings";
import { withSandbox } from "./harness";

const NAMESPACE = "stand-in";
const CONFIG_MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`;

// What the recordings do not show; each claim follows the official provider's documentation.
describe("the Kubernetes stand-in against an API server", function () {
  this.timeout(60_000);
  const sandbox = withSandbox();
  const logged: string[] = [];

  before(async () => {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } };
    await api().request("POST", "/api/v1/namespaces", { body: namespace });
  });

  after(() => api().request("DELETE", `/api/v1/namespaces/${NAMESPACE}`));

  function api() {
    return connect(settingsFrom({ kubeconfig: sandbox().kubeconfig }, {})).api;
  }

  async function provider(settings: JsonObject = {}): Promise<KubernetesProvider> {
    const made = new KubernetesProvider((severity, text) => logged.push(`${severity}: ${text}`));
    const args = { kubeconfig: sandbox().kubeconfig, ...settings };
    await made.configure({ urn: "", name: "", type: "", args });
    return made;
  }

  const about = (name: string) => ({
    urn: `urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::${name}`,
    name,
    type: "kubernetes:core/v1:ConfigMap",
  });

  function configMap(name: string, data: JsonObject, annotations: JsonObject = {}, more: JsonObject = {}): JsonObject {
    return {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, namespace: NAMESPACE, annotations, ...more },
      data,
    };
  }

  async function live(name: string): Promise<JsonObject> {
    return api().request("GET", `${CONFIG_MAPS}/${name}`);
  }

  async function edit(name: string, data: JsonObject): Promise<void> {
    await api().request("PATCH", `${CONFIG_MAPS}/${name}`, {
      body: { data },
      query: { fieldManager: "by-hand" },
      contentType: "application/merge-patch+json",
    });
  }

  async function created(kube: KubernetesProvider, inputs: JsonObject, name: string): Promise<JsonObject> {
    return (await kube.create({ ...about(name), properties: inputs })).properties;
  }

  function update(kube: KubernetesProvider, olds: JsonObject, oldInputs: JsonObject, news: JsonObject, name: string) {
    return kube.update({ ...about(name), id: `${NAMESPACE}/${name}`, olds, oldInputs, news });
  }

  it("uses the field manager of the annotation, and keeps it in the state", async () => {
    const kube = await provider();
    const inputs = configMap("manager", { k: "1" }, { "pulumi.com/patchFieldManager": "cluster-fleet" });
    const state = await created(kube, inputs, "manager");
    assert.equal(state["__fieldManager"], "cluster-fleet");
    const metadata = (await live("manager"))["metadata"] as { managedFields: { manager: string }[] };
    assert.deepEqual(
      metadata.managedFields.map(({ manager }) => manager),
      ["cluster-fleet"],
    );
  });

  it("reports a conflict with another field manager by name, and takes the field over when forced", async () => {
    const kube = await provider();
    const inputs = configMap("conflict", { k: "1" });
    const state = await created(kube, inputs, "conflict");
    await edit("conflict", { k: "edited" });
    const news = configMap("conflict", { k: "2" });
    await assert.rejects(update(kube, state, inputs, news, "conflict"), (error: Error) => {
      assert.match(error.message, /conflict with "by-hand".*: \.data\.k/);
      assert.match(error.message, /pulumi\.com\/patchForce: "true"/);
      return true;
    });
    const forced = configMap("conflict", { k: "2" }, { "pulumi.com/patchForce": "true" });
    await update(kube, state, inputs, forced, "conflict");
    assert.deepEqual((await live("conflict"))["data"], { k: "2" });
  });

  it("takes fields over with the provider's enablePatchForce", async () => {
    const kube = await provider({ enablePatchForce: "true" });
    const inputs = configMap("force", { k: "1" });
    const state = await created(kube, inputs, "force");
    await edit("force", { k: "edited" });
    await update(kube, state, inputs, configMap("force", { k: "2" }), "force");
    assert.deepEqual((await live("force"))["data"], { k: "2" });
  });

  it("removes a field that the program no longer has, though the object was made by a POST", async () => {
    const kube = await provider();
    const inputs = configMap("removed", { keep: "1", drop: "1" });
    const state = await created(kube, inputs, "removed");
    await update(kube, state, inputs, configMap("removed", { keep: "1" }), "removed");
    assert.deepEqual((await live("removed"))["data"], { keep: "1" });
  });

  it("leaves a field that the program ignores to its manager", async () => {
    const kube = await provider();
    const inputs = configMap("ignored", { ours: "1", theirs: "1" });
    const state = await created(kube, configMap("ignored", { ours: "1" }), "ignored");
    await edit("ignored", { theirs: "edited" });
    await kube.update({
      ...about("ignored"),
      id: `${NAMESPACE}/ignored`,
      olds: state,
      oldInputs: inputs,
      news: configMap("ignored", { ours: "2", theirs: "1" }),
      ignoreChanges: ["data.theirs"],
    });
    assert.deepEqual((await live("ignored"))["data"], { ours: "2", theirs: "edited" });
  });

  it("keeps an object that does not get to what it waits for, with the reason", async () => {
    const annotations = { "pulumi.com/waitFor": "jsonpath={.data.ready}=yes", "pulumi.com/timeoutSeconds": "1" };
    const inputs = configMap("waiting", {}, annotations);
    const reason = "not as it should be after 1 seconds: {.data.ready} has no value yet";
    await assert.rejects(created(await provider(), inputs, "waiting"), (error: unknown) => {
      assert.ok(error instanceof InitFailed);
      assert.deepEqual([error.id, error.reasons, error.inputs], [`${NAMESPACE}/waiting`, [reason], inputs]);
      assert.deepEqual((error.properties["metadata"] as JsonObject)["name"], "waiting");
      return true;
    });
  });

  it("is done as soon as what it waits for is there", async () => {
    const annotations = { "pulumi.com/waitFor": "jsonpath={.data.ready}=yes" };
    const creation = created(await provider(), configMap("soon", {}, annotations), "soon");
    while (!(await live("soon").then(Boolean, () => false)));
    await edit("soon", { ready: "yes" });
    assert.deepEqual((await creation)["data"], { ready: "yes" });
  });

  it("does not wait with skipAwait", async () => {
    const annotations = { "pulumi.com/waitFor": "jsonpath={.data.ready}", "pulumi.com/skipAwait": "true" };
    const state = await created(await provider(), configMap("skip", {}, annotations), "skip");
    assert.equal((state["metadata"] as JsonObject)["name"], "skip");
  });

  it("ends a wait when the user interrupts", async () => {
    const kube = await provider();
    const creation = created(
      kube,
      configMap("cancel", {}, { "pulumi.com/waitFor": "jsonpath={.data.ready}" }),
      "cancel",
    );
    const ended = assert.rejects(creation, { reasons: ["the wait was cancelled: {.data.ready} has no value yet"] });
    while (!(await live("cancel").then(Boolean, () => false)));
    kube.cancel();
    await ended;
  });

  it("waits on deletion for the finalizers, and names them when the time is over", async () => {
    const kube = await provider();
    const inputs = configMap("held", {}, {}, { finalizers: ["example.com/hold"] });
    const properties = await created(kube, inputs, "held");
    const request = { ...about("held"), id: `${NAMESPACE}/held`, properties, oldInputs: inputs };
    await assert.rejects(kube.delete({ ...request, timeout: 1 }), (error: Error) => {
      // The garbage collector may or may not have taken its own finalizer away by then.
      assert.equal(
        error.message.replace("foregroundDeletion, ", ""),
        `not gone after 1 seconds: ConfigMap ${NAMESPACE}/held is still there, held by finalizers: example.com/hold`,
      );
      return true;
    });
    await api().request("PATCH", `${CONFIG_MAPS}/held`, {
      body: { metadata: { finalizers: null } },
      contentType: "application/merge-patch+json",
    });
    await kube.delete(request);
    await assert.rejects(live("held"), { code: 404 });
  });

  it("takes the deletion of an object that is gone for done", async () => {
    const kube = await provider();
    const properties = configMap("never", {});
    await kube.delete({ ...about("never"), id: `${NAMESPACE}/never`, properties, oldInputs: properties });
  });

  it("refuses a deletion policy that there is not", async () => {
    const kube = await provider();
    const properties = configMap("policy", {}, { "pulumi.com/deletionPropagationPolicy": "later" });
    const request = { ...about("policy"), id: `${NAMESPACE}/policy`, properties, oldInputs: properties };
    await assert.rejects(kube.delete(request), {
      message: 'pulumi.com/deletionPropagationPolicy: "later" must be background, foreground or orphan',
    });
  });

  it("imports an object by its id", async () => {
    const kube = await provider();
    await created(kube, configMap("import", { k: "v" }), "import");
    const read = await kube.read({ ...about("import"), id: `${NAMESPACE}/import`, properties: {}, inputs: {} });
    assert.equal(read.id, `${NAMESPACE}/import`);
    assert.deepEqual(read.inputs, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "import", namespace: NAMESPACE },
      data: { k: "v" },
    });
  });

  it("reads nothing where an object is gone", async () => {
    const read = await (
      await provider()
    ).read({ ...about("none"), id: `${NAMESPACE}/none`, properties: {}, inputs: {} });
    assert.deepEqual(read, {});
  });

  it("shows the inputs in a preview where the kind is not there yet", async () => {
    const properties = { apiVersion: "not-yet.example/v1", kind: "Thing", metadata: { name: "a" } };
    const preview = await (await provider()).create({ ...about("thing"), properties, preview: true });
    assert.deepEqual(preview, { properties });
  });

  it("finds a kind whose definition arrives while it runs, and waits until the API server serves it", async () => {
    const kube = await provider();
    const names = { kind: "Late", plural: "lates", singular: "late" };
    const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "lates.stand-in.example" },
      spec: {
        group: "stand-in.example",
        names,
        scope: "Cluster",
        versions: [{ name: "v1", served: true, storage: true, schema }],
      },
    };
    const late = { apiVersion: "stand-in.example/v1", kind: "Late", metadata: { name: "a" } };
    assert.deepEqual(await kube.create({ ...about("late"), properties: late, preview: true }), { properties: late });
    const properties = await created(kube, definition, "definition");
    assert.equal((await kube.create({ ...about("late"), properties: late })).id, "a");
    const id = "lates.stand-in.example";
    await kube.delete({ ...about("definition"), id, properties, oldInputs: definition });
  });

  it("passes the API server's warnings on", async () => {
    const unknownField = { ...configMap("warned", {}), nonsense: true };
    await created(await provider(), unknownField, "warned");
    assert.ok(logged.includes('WARNING: unknown field "nonsense"'), logged.join("\n"));
  });
});
