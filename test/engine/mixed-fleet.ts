import * as assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { eventually } from "./eventually";
import { fleetConfig, inOrder, settled, startup, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, type Kind, LiveObjects, MACHINE } from "./live-objects";
import { type TestStack } from "./test-stack";

const CONTROLLERS = ["capi-core", "capi-kubeadm-bootstrap", "capi-kubeadm-control-plane"] as const;
const KINDS: readonly Kind[] = [
  CLUSTER,
  { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "MachineDeployment" },
  { apiVersion: "controlplane.cluster.x-k8s.io/v1beta2", kind: "KubeadmControlPlane" },
  { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2", kind: "DevMachine" },
];

/**
 * The life of a fleet of unlike clusters: made, left in peace, scaled, moved to another class, deleted. Defines its tests.
 * @param quietMs How long nothing may be written once all has settled.
 * @param reclassed Whether it moves to another class, which takes as long as all the rest.
 */
export function mixedFleet(environment: string, size: number, quietMs: number, reclassed: boolean): void {
  inOrder();
  const sandbox = withSandbox();
  const names = Array.from({ length: size }, (_each, index) => `mixed-${String(index).padStart(2, "0")}`);
  let stack: TestStack;
  let live: LiveObjects;

  it("comes up, each cluster as it was declared", async () => {
    live = new LiveObjects(sandbox().kubeconfig, environment);
    stack = sandbox().stack(environment, config(environment, names, { more: 0, startup: "0s" }));
    succeeded(await stack.up());
    await settled(sandbox(), environment, names);
    await haveMachines(live, names, 0);
  });

  it("is left in peace once it has settled: no object is written any more", async () => {
    const before = await eventually("quiet", async () => {
      const one = await versions(live);
      await sleep(2_000);
      const other = await versions(live);
      assert.deepEqual(other, one);
      return other;
    });
    await sleep(quietMs);
    assert.deepEqual(await versions(live), before);
  });

  it("keeps its machines while the controllers are restarted", async () => {
    const before = await live.names(MACHINE);
    for (const name of CONTROLLERS) await sandbox().processes.restart(name);
    await settled(sandbox(), environment, names);
    assert.deepEqual(await live.names(MACHINE), before);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("grows by a machine in each pool, and no other machine is touched", async () => {
    const before = await live.names(MACHINE);
    stack.configure(config(environment, names, { more: 1, startup: "0s" }));
    succeeded(await stack.up());
    await settled(sandbox(), environment, names);
    await haveMachines(live, names, 1);
    const after = await live.names(MACHINE);
    assert.deepEqual(
      before.filter((name) => !after.includes(name)),
      [],
    );
  });

  if (reclassed) {
    it("moves to another class revision, every machine of it", async () => {
      const before = await live.names(MACHINE);
      stack.configure(config(environment, names, { more: 1, startup: "1ms" }));
      succeeded(await stack.up());
      succeeded(await stack.up());
      await settled(sandbox(), environment, names);
      await eventually("all machines replaced", async () => {
        const after = await live.names(MACHINE);
        assert.deepEqual(
          before.filter((name) => after.includes(name)),
          [],
        );
      });
      await haveMachines(live, names, 1);
    });
  }

  it("goes, and takes everything along", async () => {
    succeeded(await stack.destroy());
    assert.deepEqual(await live.names(CLUSTER), []);
    assert.deepEqual(await live.names(MACHINE), []);
  });
}

interface Shape {
  /** Machines beyond the first size, in each pool. */
  readonly more: number;
  readonly startup: string;
}

/** One in five has three control-plane machines, one in three a second pool, one in four no workers in its first. */
function sizeOf(index: number, more: number) {
  const first = (index % 4 === 3 ? 0 : 1) + more;
  return { controlPlane: index % 5 === 4 ? 3 : 1, pools: [first, ...(index % 3 === 1 ? [1 + more] : [])] };
}

function config(environment: string, names: readonly string[], { more, startup: after }: Shape) {
  const clusters = names.map((name, index) => {
    const { controlPlane, pools } = sizeOf(index, more);
    const workers = Object.fromEntries(pools.map((replicas, pool) => [`pool-${pool}`, { replicas }]));
    return [
      name,
      {
        class: "in-memory-kubeadm",
        region: "eu-west-1",
        version: index % 2 === 0 ? "v1.35.2" : "v1.35.1",
        controlPlane: { replicas: controlPlane },
        workers,
        stage: "all",
      },
    ] as const;
  });
  return fleetConfig(environment, Object.fromEntries(clusters), {
    "cluster-fleet:classes": startup(after),
    // Without stages one cluster moves at a time.
    "cluster-fleet:upgrades": { stages: [{ name: "all", maxConcurrency: "100%" }] },
  });
}

async function haveMachines(live: LiveObjects, names: readonly string[], more: number): Promise<void> {
  for (const [index, name] of names.entries()) {
    const { controlPlane, pools } = sizeOf(index, more);
    await live.haveMachines(name, { controlPlane, workers: pools.reduce((sum, pool) => sum + pool, 0) });
  }
}

async function versions(live: LiveObjects): Promise<string[]> {
  const lists = await Promise.all(KINDS.map((kind) => live.list(kind)));
  return lists.flat().map(({ kind, metadata }) => `${kind}/${metadata.name} ${metadata.resourceVersion}`);
}
