import * as assert from "node:assert/strict";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import {
  assertSays,
  cluster,
  failed,
  fleetConfig,
  inOrder,
  plannedChanges,
  resourceName,
  settled,
  succeeded,
} from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, isDeclaredByUs, LiveObjects, NAMESPACE, SECRET } from "./live-objects";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "life";
const NEIGHBOUR = "next-door";

describe("a fleet from its first up to its destroy", function () {
  this.timeout(400_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let neighbour: TestStack;
  let live: LiveObjects;
  let liveNextDoor: LiveObjects;

  before(() => {
    stack = sandbox().stack(ENVIRONMENT, fleetConfig(ENVIRONMENT, { one: cluster(), two: cluster() }));
    neighbour = sandbox().stack(NEIGHBOUR, fleetConfig(NEIGHBOUR, { one: cluster() }));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    liveNextDoor = new LiveObjects(sandbox().kubeconfig, NEIGHBOUR);
  });

  it("is Available and settled after one up, with its machines, kubeconfigs and nodes", async () => {
    const runs = await Promise.all([stack.up(), neighbour.up()]);
    runs.forEach(succeeded);
    await settled(sandbox(), ENVIRONMENT, ["one", "two"]);
    for (const name of ["one", "two"]) {
      await live.haveMachines(name, { controlPlane: 1, workers: 1 });
      assert.equal((await nodesOf(name)).length, 2);
    }
  });

  it("does not see the fleet of a stack beside it, which has a cluster of the same name", async () => {
    await settled(sandbox(), NEIGHBOUR, ["one"]);
    assert.deepEqual(await clustersInState(stack), ["life/one", "life/two"]);
    assert.deepEqual(await clustersInState(neighbour), ["next-door/one"]);
  });

  it("has nothing to do in a second preview: every step is `same`", async () => {
    const steps = await stack.plannedSteps("--expect-no-changes", "--show-sames");
    assert.deepEqual([...new Set(steps.map(({ op }) => op))], ["same"]);
    assert.ok(steps.some(({ urn }) => resourceName(urn) === "life-one-cluster"));
  });

  it("shows an edit of one cluster's replicas as a change of that cluster alone", async () => {
    stack.configure(fleetConfig(ENVIRONMENT, { one: cluster({ workers: 2 }), two: cluster() }));
    assert.deepEqual(await plannedChanges(stack), ["update life", "update life-one", "update life-one-cluster"]);
  });

  it("adds a machine to that cluster, and none to the other", async () => {
    const other = await live.read(CLUSTER, "two");
    succeeded(await stack.up());
    await live.haveMachines("one", { controlPlane: 1, workers: 2 });
    await live.haveMachines("two", { controlPlane: 1, workers: 1 });
    assert.equal((await live.read(CLUSTER, "two")).metadata.generation, other.metadata.generation);
    await settled(sandbox(), ENVIRONMENT, ["one", "two"]);
  });

  it("finds a manual edit of replicas and of a label by a refresh that changes nothing", async () => {
    await live.edit(CLUSTER, "one", {
      metadata: { labels: { "cluster-fleet.io/region": "elsewhere" } },
      spec: {
        topology: { workers: { machineDeployments: [{ class: "default-worker", name: "default", replicas: 3 }] } },
      },
    });
    const drift = failed(await stack.drift("--diff", "--expect-no-changes"));
    assert.match(drift, /~ cluster-fleet\.io\/region: "eu-west-1" => "elsewhere"/);
    assert.match(drift, /~ replicas: 2 => 3/);
    assert.deepEqual(await regionAndReplicas("one"), { region: "elsewhere", replicas: 3 });
  });

  it("corrects the manual edit by up --refresh", async () => {
    succeeded(await stack.up("--refresh"));
    assert.deepEqual(await regionAndReplicas("one"), { region: "eu-west-1", replicas: 2 });
    await live.haveMachines("one", { controlPlane: 1, workers: 2 });
    await settled(sandbox(), ENVIRONMENT, ["one", "two"]);
  });

  it("names the webhook and the cluster when Cluster API's webhooks do not answer", async () => {
    stack.configure(fleetConfig(ENVIRONMENT, { one: cluster({ workers: 1 }), two: cluster() }));
    await sandbox().processes.stop("capi-core");
    try {
      for (const run of [await stack.preview(), await stack.up()]) {
        const said = failed(run);
        assert.match(said, /life-one-cluster/);
        assert.match(said, /failed calling webhook "[a-z.]+\.cluster\.x-k8s\.io": .*connection refused/);
      }
    } finally {
      await sandbox().processes.start("capi-core");
    }
    assert.deepEqual(await regionAndReplicas("one"), { region: "eu-west-1", replicas: 2 });
  });

  it("removes the machine once the webhooks are back", async () => {
    succeeded(await stack.up());
    await live.haveMachines("one", { controlPlane: 1, workers: 1 });
    await settled(sandbox(), ENVIRONMENT, ["one", "two"]);
  });

  it("refuses to take over a cluster that somebody else made, and leaves it alone", async () => {
    const spec = { topology: { classRef: { name: "theirs" }, version: "v1.35.2" } };
    await liveNextDoor.create({ ...CLUSTER, metadata: { name: "theirs" }, spec });
    const before = await liveNextDoor.read(CLUSTER, "theirs");
    neighbour.configure(fleetConfig(NEIGHBOUR, { one: cluster(), theirs: cluster() }));
    assertSays(
      failed(await neighbour.up()),
      `The fleet cannot be declared as configured (1 problem):
        1. clusters.theirs: exists on the management cluster, but was not made by the next-door stack of cluster-fleet (got "no owner label"). Set adopt: true to take it over, choose another name, or delete the other cluster first.`,
    );
    const after = await liveNextDoor.read(CLUSTER, "theirs");
    assert.deepEqual([after.metadata.labels, after.spec], [before.metadata.labels, before.spec]);
    assert.equal(isDeclaredByUs(after), false);
  });

  it("leaves nothing behind when it is destroyed, and the other stack's fleet as it was", async () => {
    const nextDoor = (await liveNextDoor.read(CLUSTER, "one")).metadata;
    succeeded(await stack.destroy());
    assert.equal(await live.exists(NAMESPACE, ENVIRONMENT), false);
    assert.deepEqual(await live.listClusterApi(), []);
    assert.deepEqual(await live.list(SECRET), []);
    const { uid, generation } = (await liveNextDoor.read(CLUSTER, "one")).metadata;
    assert.deepEqual({ uid, generation }, { uid: nextDoor.uid, generation: nextDoor.generation });
  });

  /** Names of the nodes that the workload cluster's own API server lists. */
  async function nodesOf(name: string): Promise<string[]> {
    const secret = (await live.read(SECRET, `${name}-kubeconfig`)) as { data?: { value?: string } };
    const kubeconfig = new KubeConfig();
    kubeconfig.loadFromString(Buffer.from(secret.data?.value ?? "", "base64").toString());
    const { items } = await kubeconfig.makeApiClient(CoreV1Api).listNode();
    return items.map(({ metadata }) => metadata?.name ?? "");
  }

  async function regionAndReplicas(name: string): Promise<{ region?: string; replicas?: number }> {
    const { metadata, spec } = await live.read(CLUSTER, name);
    const { topology } = spec as { topology: { workers: { machineDeployments: { replicas: number }[] } } };
    const replicas = topology.workers.machineDeployments[0]?.replicas;
    return { region: metadata.labels?.["cluster-fleet.io/region"], replicas };
  }
});

async function clustersInState(stack: TestStack): Promise<string[]> {
  const { resources = [] } = (await stack.exportState()).deployment;
  return resources
    .filter(({ type }) => type.endsWith(":Cluster"))
    .map(({ id = "" }) => id)
    .sort();
}
