import assert from "node:assert/strict";

import { SIZES } from "../../../../fleet/management/sizes";

/** CPUs and GiB of the first machine type of each preset. Source: EC2, instance types of general purpose. */
const MACHINES: Readonly<Record<string, { cpus: number; memory: number }>> = {
  "m7i.xlarge": { cpus: 4, memory: 16 },
  "m7i.2xlarge": { cpus: 8, memory: 32 },
};

describe("sizes of a management cluster", () => {
  const sizes = Object.values(SIZES);

  it("are for 50, 150 and 300 workload clusters", () => {
    assert.deepEqual(
      sizes.map(({ clusters }) => clusters),
      [50, 150, 300],
    );
  });

  it("have machines as Rancher asks for them: 4 CPUs and 16 GB to 150 clusters, 8 and 32 to 300", () => {
    for (const { clusters, instanceTypes } of sizes) {
      const machine = MACHINES[instanceTypes[0]!]!;
      assert.deepEqual(machine, clusters <= 150 ? { cpus: 4, memory: 16 } : { cpus: 8, memory: 32 });
    }
  });

  it("have another machine type to fall back on, and a node to spare in each zone", () => {
    for (const { instanceTypes, nodesPerZone, maxNodesPerZone } of sizes) {
      assert.ok(instanceTypes.length >= 2);
      assert.ok(maxNodesPerZone > nodesPerZone);
    }
  });

  it("never give a larger fleet fewer nodes or slower controllers", () => {
    const growing = [
      (size: (typeof sizes)[number]) => size.nodesPerZone,
      (size: (typeof sizes)[number]) => size.apiQps,
      (size: (typeof sizes)[number]) => size.apiBurst,
      (size: (typeof sizes)[number]) => size.concurrency,
    ];
    for (const figure of growing) {
      const figures = sizes.map(figure);
      assert.deepEqual(
        figures,
        [...figures].sort((a, b) => a - b),
      );
    }
  });
});
