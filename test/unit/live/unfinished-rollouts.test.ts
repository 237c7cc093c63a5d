import assert from "node:assert/strict";

import { type LiveObject } from "../../../live/management-client";
import { unfinishedRollouts } from "../../../live/unfinished-rollouts";

interface Changes {
  readonly annotations?: Record<string, string>;
  readonly labels?: Record<string, string>;
  readonly replicas?: number;
  readonly status?: Record<string, number>;
}

/** An object whose controller has seen it and whose machines are all up to date, but for the changes. */
function settled(name: string, { annotations, labels, replicas = 3, status }: Changes = {}): LiveObject {
  const counters = { replicas, readyReplicas: replicas, upToDateReplicas: replicas };
  return {
    metadata: {
      name,
      namespace: "n",
      generation: 7,
      creationTimestamp: "2026-11-24T06:00:00Z",
      labels: { "cluster.x-k8s.io/cluster-name": "c", ...labels },
      annotations,
    },
    spec: { replicas },
    status: { observedGeneration: 7, ...counters, ...status },
  };
}

const REVISION = "machinedeployment.clusters.x-k8s.io/revision";
const deployment = (revision: string, changes: Changes = {}) =>
  settled("c-md", { annotations: { [REVISION]: revision }, ...changes });
const machineSet = (name: string, revision: string, changes: Changes = {}) =>
  settled(name, {
    annotations: { [REVISION]: revision },
    labels: { "cluster.x-k8s.io/deployment-name": "c-md" },
    ...changes,
  });

function reason({
  controlPlanes = [settled("c-cp")],
  machineDeployments = [deployment("1")],
  machineSets = [machineSet("c-md-a", "1")],
}: Partial<Parameters<typeof unfinishedRollouts>[0]>): string | undefined {
  return unfinishedRollouts({ controlPlanes, machineDeployments, machineSets }).get("n/c");
}

describe("unfinishedRollouts", () => {
  it("has nothing to say of a cluster whose machines are all as declared", () => {
    assert.equal(reason({}), undefined);
  });

  it("tells a control plane whose controller has not seen its new template", () => {
    assert.equal(
      reason({ controlPlanes: [settled("c-cp", { status: { observedGeneration: 6 } })] }),
      "c-cp: its controller has not looked at the last change yet",
    );
  });

  it("tells a control plane whose machines are being replaced", () => {
    assert.equal(
      reason({ controlPlanes: [settled("c-cp", { status: { replicas: 4, upToDateReplicas: 1 } })] }),
      "c-cp: 1 of 3 up to date, 3 ready",
    );
  });

  it("tells a machine deployment whose controller has not seen its new template", () => {
    assert.equal(
      reason({ machineDeployments: [deployment("1", { status: { observedGeneration: 6 } })] }),
      "c-md: its controller has not looked at the last change yet",
    );
  });

  it("tells machines of an earlier revision, though every counter still says that they are up to date", () => {
    const machineSets = [machineSet("c-md-a", "1"), machineSet("c-md-b", "2", { replicas: 0 })];
    assert.equal(
      reason({ machineDeployments: [deployment("2")], machineSets }),
      "c-md-a: has machines of an earlier revision",
    );
  });

  it("leaves aside machine sets of earlier revisions that have no machines, and machine sets of nobody", () => {
    const empty = machineSet("c-md-a", "1", { replicas: 0 });
    const nobodys = settled("lone", { status: { readyReplicas: 0 } });
    assert.equal(
      reason({ machineDeployments: [deployment("2")], machineSets: [empty, machineSet("c-md-b", "2"), nobodys] }),
      undefined,
    );
  });

  it("tells the machines of the current revision that are not ready", () => {
    assert.equal(
      reason({ machineSets: [machineSet("c-md-a", "1", { status: { readyReplicas: 2 } })] }),
      "c-md-a: 3 of 3 up to date, 2 ready",
    );
  });

  it("keeps apart what clusters of one name in two namespaces are waiting for", () => {
    const other = settled("c-cp", { status: { observedGeneration: 1 } });
    const elsewhere = { ...other, metadata: { ...other.metadata, namespace: "m" } };
    const reasons = unfinishedRollouts({
      controlPlanes: [settled("c-cp"), elsewhere],
      machineDeployments: [],
      machineSets: [],
    });
    assert.deepEqual([...reasons.keys()], ["m/c"]);
  });
});
