import * as assert from "node:assert/strict";

import { assertSameObjects, declaredIn, inEnvironment } from "../../../bench/declared";
import { type StackResource, type StackState } from "../../../bench/stack";

const ENVIRONMENT = "ours-1";

function object(kind: string, name: string, more: object = {}): StackResource {
  const inputs = { apiVersion: "v1", kind, metadata: { name, labels: { environment: ENVIRONMENT } }, ...more };
  return { urn: `urn:${name}`, type: `kubernetes:x/v1:${kind}`, inputs };
}

const provider = {
  urn: "urn:p",
  type: "pulumi:providers:kubernetes",
  inputs: { version: "4.0.0", kubeconfig: "k", enablePatchForce: "true" },
};
const component = { urn: "urn:c", type: "cluster-fleet:index:Fleet", inputs: { environment: ENVIRONMENT } };
const state = (...resources: StackResource[]): StackState => ({ deployment: { resources } });
const ours = state(
  component,
  provider,
  object("Namespace", ENVIRONMENT),
  object("ClusterClass", "class"),
  object("Template", "template"),
  object("Cluster", "c1"),
  object("Cluster", "c2"),
);

describe("what the bare program is to declare", () => {
  it("is read from the state of our program: provider, namespace, classes after their templates, one cluster", () => {
    const { provider, namespace, classObjects, cluster } = declaredIn(ours);
    assert.deepEqual(provider, { kubeconfig: "k", enablePatchForce: true });
    assert.equal(namespace.metadata.name, ENVIRONMENT);
    assert.deepEqual(
      classObjects.map(({ kind }) => kind),
      ["Template", "ClusterClass"],
    );
    assert.equal(cluster.metadata.name, "c1");
  });

  it("cannot be read from a stack without clusters", () => {
    assert.throws(() => declaredIn(state(provider, object("Namespace", "n"))), /declares no provider, no namespace or/);
  });

  it("is renamed wherever the environment's name stands", () => {
    const text = JSON.stringify(inEnvironment(declaredIn(ours), ENVIRONMENT, "bare-1"));
    assert.doesNotMatch(text, /ours-1/);
    assert.equal(text.match(/"bare-1"/g)?.length, JSON.stringify(declaredIn(ours)).match(/"ours-1"/g)?.length);
  });
});

describe("the comparison of both programs", () => {
  const renamed = (from: StackState) =>
    JSON.parse(JSON.stringify(from).replaceAll(ENVIRONMENT, "bare-1")) as StackState;

  it("is allowed for the same objects in another order, without the components", () => {
    const resources = [...(renamed(ours).deployment.resources ?? [])].reverse();
    assertSameObjects(
      ours,
      ENVIRONMENT,
      state(...resources.filter(({ type }) => !type.startsWith("cluster-fleet"))),
      "bare-1",
    );
  });

  it("is refused when a field differs, and shows both", () => {
    const changed = { ...object("Cluster", "c2", { spec: { paused: true } }) };
    const bare = state(...(ours.deployment.resources ?? []).slice(0, -1), changed);
    assert.throws(
      () => assertSameObjects(ours, ENVIRONMENT, bare, ENVIRONMENT),
      /^SandboxProblem: The bare program declares other objects than ours.*"name": "c2".*"paused": true.*Correct bench\/bare\/index\.ts\.$/s,
    );
  });

  it("is refused when either has an object more", () => {
    const fewer = state(...(ours.deployment.resources ?? []).slice(0, -1));
    assert.throws(() => assertSameObjects(ours, ENVIRONMENT, fewer, ENVIRONMENT), /declares other objects/);
    assert.throws(() => assertSameObjects(fewer, ENVIRONMENT, ours, ENVIRONMENT), /declares other objects/);
  });
});
