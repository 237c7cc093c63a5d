import assert from "node:assert/strict";

import { estimatedStepMs } from "../../../../fleet/rollout/durations";

type Planned = Parameters<typeof estimatedStepMs>[0];

function minutes(family: string, changes: object = {}): number {
  return estimatedStepMs({ family, workers: [], ...changes } as unknown as Planned) / 60_000;
}

describe("how long a step is estimated to take", () => {
  const cases: [what: string, minutes: number, expected: number][] = [
    ["a minute in memory, however many machines", minutes("in-memory-kubeadm", { workers: [{ replicas: 50 }] }), 1],
    ["8 minutes for each machine of a control plane", minutes("aws-kubeadm", { controlPlaneReplicas: 3 }), 24],
    ["15 minutes for a control plane of EKS", minutes("aws-eks", { controlPlaneReplicas: 3 }), 15],
    ["5 minutes more for each worker", minutes("aws-eks", { workers: [{ replicas: 2 }, { replicas: 4 }] }), 45],
    ["as long as for the most that an autoscaler may make", minutes("aws-eks", { workers: [{ min: 1, max: 6 }] }), 45],
    ["node groups as workers", minutes("aws-eks", { nodeGroups: [{ replicas: 3 }, { min: 1, max: 2 }] }), 40],
    ["no time for a pool of none", minutes("aws-kubeadm", { workers: [{ replicas: 0 }, {}] }), 0],
  ];
  for (const [what, found, expected] of cases) {
    it(`is ${what}`, () => {
      assert.equal(found, expected);
    });
  }
});
