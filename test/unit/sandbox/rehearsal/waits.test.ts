import * as assert from "node:assert/strict";

import { turtlesWaits } from "../../../../fleet/cluster-api/turtles";
import { type JsonObject } from "../../../../sandbox/plugins/grpc/json";
import { kubectlWaits } from "../../../../sandbox/rehearsal/controller/waits";

function job(initContainers: JsonObject[], containers: JsonObject[]): JsonObject {
  return { spec: { template: { spec: { initContainers, containers } } } };
}

describe("a Job that waits", () => {
  it("is read as kubectl reads it: the one that waits for Turtles", () => {
    const containers = turtlesWaits().map(({ name, args }) => ({ name, command: ["kubectl"], args }));
    const definition = {
      group: "apiextensions.k8s.io",
      plural: "customresourcedefinitions",
      name: "capiproviders.turtles-capi.cattle.io",
      namespace: "",
    };
    const core = {
      group: "turtles-capi.cattle.io",
      plural: "capiproviders",
      name: "cluster-api",
      namespace: "cattle-capi-system",
    };
    assert.deepEqual(kubectlWaits(job(containers.slice(0, -1), containers.slice(-1))), [
      definition,
      { ...definition, condition: "Established" },
      core,
      { ...core, condition: "Ready" },
    ]);
  });

  it("is none that does anything else beside", () => {
    const wait = { command: ["kubectl"], args: ["wait", "--for=create", "crd/demo.example.com"] };
    assert.equal(kubectlWaits(job([], [wait])).length, 1);
    assert.deepEqual(kubectlWaits(job([wait], [{ image: "demo" }])), []);
    assert.deepEqual(kubectlWaits(job([wait], [{ command: ["kubectl", "apply"], args: ["-f", "-"] }])), []);
    assert.deepEqual(kubectlWaits(job([], [])), []);
  });
});
