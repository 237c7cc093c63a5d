import * as assert from "node:assert/strict";
import * as fc from "fast-check";

import { type JsonObject } from "../../../../sandbox/plugins/grpc/json";
import { missingStatus, READY_RULES, type ReadyRule } from "../../../../sandbox/rehearsal/controller/rules";

const NOW = "2026-11-24T12:00:00Z";
const LATER = "2026-11-24T13:00:00Z";
const MESSAGE = "Said by the stand-in controller of a rehearsal; nothing runs.";

function rule(kind: string): ReadyRule {
  const found = READY_RULES.find((each) => each.kind === kind);
  assert.ok(found, kind);
  return found;
}

function object(spec: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return { metadata: { name: "demo", namespace: "place", generation: 4 }, spec, ...more };
}

const condition = (type: string, reason = type, more: JsonObject = {}) => ({
  type,
  status: "True",
  reason,
  message: MESSAGE,
  lastTransitionTime: NOW,
  ...more,
});

const installed = ["PreflightCheckPassed", "ProviderInstalled", "Ready"].map((type) =>
  condition(type, type, { observedGeneration: 4 }),
);

/** What an object becomes. */
const CASES: readonly { kind: string; of: string; object: JsonObject; becomes: JsonObject | undefined }[] = [
  {
    kind: "Deployment",
    of: "three replicas",
    object: object({ replicas: 3 }),
    becomes: {
      observedGeneration: 4,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      conditions: [
        condition("Available", "MinimumReplicasAvailable"),
        condition("Progressing", "NewReplicaSetAvailable"),
      ],
    },
  },
  {
    kind: "StatefulSet",
    of: "one replica, where none is named",
    object: object(),
    becomes: {
      observedGeneration: 4,
      replicas: 1,
      currentReplicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
      currentRevision: "demo-4",
      updateRevision: "demo-4",
    },
  },
  {
    kind: "DaemonSet",
    of: "three nodes",
    object: object(),
    becomes: {
      observedGeneration: 4,
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      updatedNumberScheduled: 3,
      numberReady: 3,
      numberAvailable: 3,
      numberMisscheduled: 0,
    },
  },
  {
    kind: "Service",
    of: "one that asks for a load balancer",
    object: object({ type: "LoadBalancer" }),
    becomes: {
      loadBalancer: { ingress: [{ hostname: "k8s-place-demo-0123456789.elb.us-west-2.amazonaws.com" }] },
    },
  },
  { kind: "Service", of: "one inside the cluster", object: object({ type: "ClusterIP" }), becomes: undefined },
  {
    kind: "Job",
    of: "two completions",
    object: object({ completions: 2 }),
    becomes: {
      startTime: NOW,
      completionTime: NOW,
      succeeded: 2,
      conditions: [condition("SuccessCriteriaMet", "CompletionsReached"), condition("Complete", "CompletionsReached")],
    },
  },
  { kind: "Job", of: "one that is suspended", object: object({ suspend: true }), becomes: undefined },
  {
    kind: "Job",
    of: "one that has failed",
    object: object({}, { status: { conditions: [{ type: "Failed", status: "True" }] } }),
    becomes: undefined,
  },
  ...["CoreProvider", "BootstrapProvider", "ControlPlaneProvider", "InfrastructureProvider", "AddonProvider"].map(
    (kind) => ({
      kind,
      of: "the version that it asks for",
      object: object({ version: "v2.13.0" }),
      becomes: { observedGeneration: 4, installedVersion: "v2.13.0", conditions: installed },
    }),
  ),
  {
    kind: "CoreProvider",
    of: "no version, where it asks for none",
    object: object(),
    becomes: { observedGeneration: 4, conditions: installed },
  },
  {
    kind: "CAPIProvider",
    of: "the name of its provider",
    object: object({ name: "aws", type: "infrastructure", version: "v2.13.0" }),
    becomes: {
      observedGeneration: 4,
      installedVersion: "v2.13.0",
      conditions: installed,
      phase: "Ready",
      name: "aws",
    },
  },
  ...["ClusterIssuer", "Issuer", "Certificate"].map((kind) => ({
    kind,
    of: "nothing issued",
    object: object(),
    becomes: { conditions: [condition("Ready", "Ready", { observedGeneration: 4 })] },
  })),
];

describe("the status that the stand-in controller gives", () => {
  for (const { kind, of, object: given, becomes } of CASES) {
    it(`${kind}: ${of}`, () => assert.deepEqual(missingStatus(rule(kind), given, NOW), becomes));
  }

  it("has a case above for every kind", () => {
    assert.deepEqual(new Set(READY_RULES.map(({ kind }) => kind)), new Set(CASES.map(({ kind }) => kind)));
  });

  it("is given once: an object that has it is left alone, whatever else its status says", () => {
    const given = fc.record({
      of: fc.constantFrom(...READY_RULES),
      generation: fc.nat(9),
      replicas: fc.nat(9),
      version: fc.constantFrom("", "v1.13.4"),
    });
    fc.assert(
      fc.property(given, ({ of, generation, replicas, version }) => {
        const before = object({ type: "LoadBalancer", replicas, version }, { metadata: { name: "demo", generation } });
        const status = missingStatus(of, before, NOW);
        assert.ok(status);
        const after = { ...before, status: { ...status, terminatingReplicas: 0 } };
        assert.equal(missingStatus(of, after, LATER), undefined);
      }),
    );
  });

  it("follows a change of the spec, and keeps the time since when a condition holds", () => {
    const of = rule("InfrastructureProvider");
    const status = missingStatus(of, object({ version: "v2.13.0" }), NOW) ?? {};
    const changed = { ...object({ version: "v2.13.1" }, { status }), metadata: { name: "demo", generation: 5 } };
    assert.deepEqual(missingStatus(of, changed, LATER), {
      observedGeneration: 5,
      installedVersion: "v2.13.1",
      conditions: installed.map((each) => ({ ...each, observedGeneration: 5 })),
    });
  });
});

describe("the systems that a provider brings", () => {
  const bring = (kind: string, name: string, spec: JsonObject = {}) =>
    rule(kind).brings?.({ metadata: { name }, spec });

  it("are those of CAPA and of the add-on provider Helm, with the operator", () => {
    assert.equal(bring("InfrastructureProvider", "aws"), "capa");
    assert.equal(bring("InfrastructureProvider", "azure"), undefined);
    assert.equal(bring("AddonProvider", "helm"), "caaph");
    assert.equal(bring("CoreProvider", "cluster-api"), undefined);
  });

  it("are the same with Turtles, where the object may be called otherwise than its provider", () => {
    assert.equal(bring("CAPIProvider", "aws", { type: "infrastructure" }), "capa");
    assert.equal(bring("CAPIProvider", "add-ons", { type: "addon", name: "helm" }), "caaph");
    assert.equal(bring("CAPIProvider", "helm", { type: "bootstrap", name: "kubeadm" }), undefined);
  });
});
