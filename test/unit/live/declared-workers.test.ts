import assert from "node:assert/strict";

import { observedCluster } from "../../../live/observed-objects";

/** What is observed of a machine deployment of a topology. */
function observed(machineDeployment: object) {
  const { declared } = observedCluster({
    metadata: { name: "c", namespace: "n", creationTimestamp: "2026-11-23T06:00:00Z" },
    spec: {
      topology: {
        classRef: { name: "class-1" },
        version: "v1.35.2",
        workers: { machineDeployments: [{ class: "spot", name: "burst-a", ...machineDeployment }] },
      },
    },
  } as Parameters<typeof observedCluster>[0]);
  return declared.workers[0];
}

describe("a machine deployment of a live topology", () => {
  const sizes = (min: string, max: string) => ({
    metadata: {
      annotations: {
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": min,
        "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size": max,
      },
    },
  });

  it("has the sizes between which the autoscaler moves it", () => {
    assert.deepEqual(observed(sizes("0", "4")), { class: "spot", name: "burst-a", min: 0, max: 4 });
  });

  it("has none where nobody says so, or what is said is no number", () => {
    assert.deepEqual(observed({}), { class: "spot", name: "burst-a" });
    assert.deepEqual(observed(sizes("few", "-1")), { class: "spot", name: "burst-a" });
  });
});
