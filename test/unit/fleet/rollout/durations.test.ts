import assert from "node:assert/strict";

import { controlPlaneMs, estimatedStepMs, nodesMs } from "../../../../fleet/rollout/durations";

type Planned = Parameters<typeof estimatedStepMs>[0];

function minutes(family: string, changes: object = {}): number {
  return estimatedStepMs({ family, workers: [], ...changes } as unknown as Planned) / 60_000;
}

describe("how long a step is estimated to take", () => {
  const cases: [what: string, family: string, changes: object, expected: number][] = [
    ["a minute in memory, however many machines", "in-memory-kubeadm", { workers: [{ replicas: 50 }] }, 1],
    ["8 minutes for each machine of a control plane", "aws-kubeadm", { controlPlaneReplicas: 3 }, 24],
    ["15 minutes for a control plane of EKS", "aws-eks", { controlPlaneReplicas: 3 }, 15],
    ["5 minutes more for each worker", "aws-eks", { workers: [{ replicas: 2 }, { replicas: 4 }] }, 45],
    ["as long as for the most that an autoscaler may make", "aws-eks", { workers: [{ min: 1, max: 6 }] }, 45],
    ["node groups as workers", "aws-eks", { nodeGroups: [{ replicas: 3 }, { min: 1, max: 2 }] }, 40],
    ["no time for a pool of none", "aws-kubeadm", { workers: [{ replicas: 0 }, {}] }, 0],
  ];
  for (const [what, family, changes, expected] of cases) {
    it(`is ${what}`, () => {
      assert.equal(minutes(family, changes), expected);
    });
  }
});

describe("a step whose managed node groups follow", () => {
  it("is 15 minutes of its control plane, or half of it where it is shorter, and the rest of its nodes", () => {
    const parts = (minutes: number) => [controlPlaneMs, nodesMs].map((part) => part(minutes * 60_000) / 60_000);
    assert.deepEqual(parts(60), [15, 45]);
    assert.deepEqual(parts(30), [15, 15]);
    assert.deepEqual(parts(20), [10, 10]);
  });
});
