import assert from "node:assert/strict";

import { type LiveObject } from "../../../live/management-client";
import { observedClass, observedCluster } from "../../../live/observed-objects";

const GENERATION = 4;
const HEALTHY: Readonly<Record<string, string>> = {
  Available: "True",
  TopologyReconciled: "True",
  ControlPlaneMachinesUpToDate: "True",
  WorkerMachinesUpToDate: "True",
  RollingOut: "False",
  ScalingUp: "False",
  ScalingDown: "False",
};

interface Changes {
  conditions?: Record<string, string>;
  messages?: Record<string, string>;
  generations?: Record<string, number>;
  workers?: object;
  metadata?: object;
}

/** A `Cluster` as Cluster API 1.13 reports it: 3 + 5 machines, all well, but for the changes. */
function cluster({
  conditions = {},
  messages = {},
  generations = {},
  workers,
  metadata = {},
}: Changes = {}): LiveObject {
  return {
    metadata: {
      name: "c",
      namespace: "n",
      generation: GENERATION,
      creationTimestamp: "2026-11-23T06:00:00Z",
      labels: { a: "b" },
      ...metadata,
    },
    spec: {
      clusterNetwork: { pods: { cidrBlocks: ["192.168.0.0/16"] } },
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevCluster", name: "c-x" },
      topology: {
        classRef: { name: "class-1" },
        version: "v1.35.2",
        controlPlane: { replicas: 3 },
        workers: {
          machineDeployments: [
            { class: "w", name: "two", replicas: 2 },
            { class: "w", name: "one" },
          ],
        },
      },
    },
    status: {
      conditions: Object.entries({ ...HEALTHY, ...conditions }).map(([type, status]) => ({
        type,
        status,
        reason: `${type}Reason`,
        message: messages[type] ?? "",
        observedGeneration: generations[type] ?? GENERATION,
      })),
      controlPlane: { desiredReplicas: 3, replicas: 3, readyReplicas: 3, upToDateReplicas: 3 },
      workers: workers ?? { desiredReplicas: 5, replicas: 5, readyReplicas: 5, upToDateReplicas: 5 },
    },
  };
}

describe("observedCluster", () => {
  it("is available and settled when every condition says so for the current generation", () => {
    assert.deepEqual(observedCluster(cluster()), {
      namespace: "n",
      name: "c",
      labels: { a: "b" },
      annotations: {},
      created: "2026-11-23T06:00:00Z",
      deleting: false,
      since: "2026-11-23T06:00:00Z",
      conditions: ["Available", "ControlPlaneMachinesUpToDate", "TopologyReconciled", "WorkerMachinesUpToDate"],
      classRef: "class-1",
      version: "v1.35.2",
      declared: {
        controlPlaneReplicas: 3,
        workers: [
          { class: "w", name: "one" },
          { class: "w", name: "two", replicas: 2 },
        ],
        podRanges: ["192.168.0.0/16"],
        serviceRanges: [],
        paused: false,
        infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevCluster", name: "c-x" },
        controlPlaneRef: undefined,
      },
      owned: { labels: [], annotations: [], workers: [], spec: [] },
      controlPlane: { desired: 3, ready: 3, upToDate: 3 },
      workers: { desired: 5, ready: 5, upToDate: 5 },
      available: true,
      settled: true,
      reason: "",
    });
  });

  for (const [type, status] of Object.entries(HEALTHY).filter(([type]) => type !== "Available")) {
    const opposite = status === "True" ? "False" : "True";
    it(`is not settled while ${type} is ${opposite}`, () => {
      const observed = observedCluster(cluster({ conditions: { [type]: opposite } }));
      assert.equal(observed.settled, false);
      assert.equal(observed.reason, `${type}: ${type}Reason`);
    });

    it(`is not settled while ${type} speaks of an earlier generation`, () => {
      const observed = observedCluster(cluster({ generations: { [type]: GENERATION - 1 } }));
      assert.equal(observed.settled, false);
      assert.equal(observed.reason, `${type}: not reported yet`);
    });
  }

  it("is not settled while its machines are unfinished, whatever the conditions and counters say", () => {
    const observed = observedCluster(cluster(), "c-cp: its controller has not looked at the last change yet");
    assert.equal(observed.settled, false);
    assert.equal(observed.available, true);
    assert.equal(observed.reason, "c-cp: its controller has not looked at the last change yet");
  });

  it("is not settled while machines are missing, whatever the conditions say", () => {
    const workers = { desiredReplicas: 5, replicas: 5, readyReplicas: 4, upToDateReplicas: 3 };
    const observed = observedCluster(cluster({ workers }));
    assert.equal(observed.settled, false);
    assert.equal(observed.reason, "workers: 3 of 5 up to date, 4 ready");
  });

  it("can be settled and yet not available", () => {
    const observed = observedCluster(
      cluster({ conditions: { Available: "False" }, messages: { Available: "* Probe: no answer\n* Other: no" } }),
    );
    assert.equal(observed.available, false);
    assert.equal(observed.settled, true);
    assert.equal(observed.reason, "Available: Probe: no answer");
  });

  it("is not available when that condition speaks of an earlier generation", () => {
    assert.equal(observedCluster(cluster({ generations: { Available: 1 } })).available, false);
  });

  it("is never settled while it is being deleted", () => {
    const observed = observedCluster(cluster({ metadata: { deletionTimestamp: "2026-11-23T07:00:00Z" } }));
    assert.equal(observed.deleting, true);
    assert.equal(observed.settled, false);
    assert.equal(observed.reason, "is being deleted");
  });

  it("reads a cluster that its controller has not seen yet", () => {
    const { metadata } = cluster();
    const observed = observedCluster({ metadata, spec: {} });
    assert.equal(observed.available, false);
    assert.equal(observed.classRef, undefined);
    assert.deepEqual(observed.workers, { desired: 0, ready: 0, upToDate: 0 });
  });
});

describe("observedClass", () => {
  const templateRef = (kind: string, name: string) => ({ templateRef: { apiVersion: "g/v1", kind, name } });
  const clusterClass = (status?: object): LiveObject => ({
    metadata: { name: "k", namespace: "n", generation: 2, creationTimestamp: "2026-11-23T06:00:00Z" },
    spec: {
      infrastructure: templateRef("DevClusterTemplate", "i"),
      controlPlane: {
        ...templateRef("KubeadmControlPlaneTemplate", "cp"),
        machineInfrastructure: templateRef("M", "m"),
      },
      workers: {
        machineDeployments: [{ class: "w", bootstrap: templateRef("B", "b"), infrastructure: templateRef("M", "m") }],
      },
    },
    status,
  });
  const reconciled = { observedGeneration: 2, conditions: [{ type: "VariablesReady", status: "True" }] };

  it("lists the templates it refers to, each once", () => {
    const { templates } = observedClass(clusterClass());
    assert.deepEqual(templates, ["B/b", "DevClusterTemplate/i", "KubeadmControlPlaneTemplate/cp", "M/m"]);
  });

  it("is reconciled once its controller has processed the current generation", () => {
    assert.equal(observedClass(clusterClass(reconciled)).reconciled, true);
  });

  for (const [title, status] of Object.entries({
    "without a status": undefined,
    "with the status of an earlier generation": { ...reconciled, observedGeneration: 1 },
    "whose variables are not ready": {
      observedGeneration: 2,
      conditions: [{ type: "VariablesReady", status: "False" }],
    },
  })) {
    it(`is not reconciled ${title}`, () => assert.equal(observedClass(clusterClass(status)).reconciled, false));
  }
});
