import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { assertSays, cluster, failed, fleetConfig, inOrder, settled, succeeded } from "./fleets";
import { type CommandResult, withSandbox } from "./harness";
import { CLUSTER, LiveObjects, NAMESPACE, OF_CLUSTER, SECRET } from "./live-objects";
import { type StackResource, type TestStack } from "./test-stack";

const ENVIRONMENT = "production";
const DECOMMISSION = "cluster-fleet.io/decommission";

describe("a production fleet", function () {
  this.timeout(400_000);
  inOrder();
  const sandbox = withSandbox();
  const size = { controlPlane: 3, workers: 1 };
  const both = { goes: cluster(size), stays: cluster(size) };
  let stack: TestStack;
  let live: LiveObjects;
  let stays: { uid?: string; generation?: number };

  before(() => {
    const tooSmall = { goes: cluster({ controlPlane: 1 }), stays: cluster({ controlPlane: 1 }) };
    stack = sandbox().stack(ENVIRONMENT, fleetConfig(ENVIRONMENT, tooSmall));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
  });

  it("is refused in the preview with one node in a control plane, and nothing is created", async () => {
    const said = failed(await stack.preview());
    for (const message of [
      "Cluster production/goes is in production and needs 3 control plane nodes or more (got 1). Use 3 or 5.",
      "Cluster production/stays is in production and needs 3 control plane nodes or more (got 1). Use 3 or 5.",
    ]) {
      assertSays(said, `spec.topology.controlPlane.replicas: ${message}`);
    }
    assert.equal(said.match(/\[mandatory\]/g)?.length, 2, said);
    assert.equal(await live.exists(NAMESPACE, ENVIRONMENT), false);
  });

  it("is brought up with three, every cluster protected by the engine", async () => {
    stack.configure(fleetConfig(ENVIRONMENT, both));
    succeeded(await stack.up());
    await settled(sandbox(), ENVIRONMENT, ["goes", "stays"]);
    await live.haveMachines("goes", size);
    assert.deepEqual(await protection(), { "production/goes": true, "production/stays": true });
    stays = await identity("stays");
  });

  it("does not lose a cluster by an edit of the stack file, nor by a destroy", async () => {
    stack.configure(fleetConfig(ENVIRONMENT, { stays: cluster(size) }));
    assertSays(
      failed(await stack.up()),
      `The fleet cannot be declared as configured (1 problem):
        1. clusters.goes: was removed, but the cluster lives. Put it back, list goes under cluster-fleet:decommission, and run up twice; then remove it from both.`,
    );
    assert.match(failed(await stack.destroy()), /production-goes-cluster" cannot be deleted/);
    await settled(sandbox(), ENVIRONMENT, ["goes", "stays"]);
  });

  it("marks a cluster and unprotects it in the first run of a decommission", async () => {
    stack.configure(fleetConfig(ENVIRONMENT, both, { "cluster-fleet:decommission": ["goes"] }));
    succeeded(await stack.up());
    assert.equal((await live.read(CLUSTER, "goes")).metadata.annotations?.[DECOMMISSION], "goes");
    assert.deepEqual(await protection(), { "production/goes": false, "production/stays": true });
    await live.haveMachines("goes", size);
  });

  it("has its deletion pass the preview gate for the list of clusters that may go, and not without", async () => {
    const listed = await gate();
    assert.equal(listed.code, 0, listed.stdout + listed.stderr);
    assert.match(listed.stdout, /^production: passes; 1 cluster would change, of 10 that may\.$/m);
    assert.match(listed.stdout, /^delete +cluster goes +- +listed under decommission$/m);
    stack.configure(fleetConfig(ENVIRONMENT, { stays: cluster(size) }));
    const unlisted = await gate();
    assert.equal(unlisted.code, 3, unlisted.stdout + unlisted.stderr);
    assert.match(unlisted.stdout, /^cluster goes would be deleted\. Cluster API deletes its machines/m);
    stack.configure(fleetConfig(ENVIRONMENT, both, { "cluster-fleet:decommission": ["goes"] }));
  });

  it("deletes it with all that belonged to it in the second run, and leaves the other alone", async () => {
    const run = succeeded(await stack.up());
    assertSays(run.stdout, "goes: was marked by an earlier run; this run deletes it.");
    assert.deepEqual(await belongingTo("goes"), []);
    assert.deepEqual(await live.names(CLUSTER), ["stays"]);
    assert.deepEqual(await identity("stays"), stays);
    await live.haveMachines("stays", size);
  });

  it("says in the third run that it is gone, and has nothing to do, then or without its lines", async () => {
    const third = succeeded(await stack.up("--expect-no-changes"));
    assertSays(third.stdout, "goes: is gone. Remove it from cluster-fleet:clusters and cluster-fleet:decommission.");
    stack.configure(fleetConfig(ENVIRONMENT, { stays: cluster(size) }));
    assert.doesNotMatch(succeeded(await stack.preview("--expect-no-changes")).stdout, /goes: |clusters\.goes|-goes/);
    assert.deepEqual(await identity("stays"), stays);
    await settled(sandbox(), ENVIRONMENT, ["stays"]);
  });

  /** `fleet check-preview` of what the next run would do. */
  async function gate(): Promise<CommandResult> {
    const file = path.join(path.dirname(stack.configFile), "preview.json");
    writeFileSync(file, succeeded(await stack.preview("--json")).stdout);
    return sandbox().fleet("check-preview", file, "--stack", ENVIRONMENT, "--config-file", stack.configFile);
  }

  async function identity(name: string): Promise<{ uid?: string; generation?: number }> {
    const { uid, generation } = (await live.read(CLUSTER, name)).metadata;
    return { uid, generation };
  }

  async function protection(): Promise<Record<string, boolean>> {
    const { resources = [] } = (await stack.exportState()).deployment;
    const clusters = resources.filter(({ type }) => type.endsWith(":Cluster"));
    return Object.fromEntries(clusters.map(({ id = "", protect = false }: StackResource) => [id, protect]));
  }

  /** By label or by name, as `Kind/name`. */
  async function belongingTo(name: string): Promise<string[]> {
    const objects = [...(await live.listClusterApi()), ...(await live.list(SECRET))];
    return objects
      .filter(
        ({ metadata }) => metadata.labels?.[OF_CLUSTER] === name || new RegExp(`^${name}(-|$)`).test(metadata.name),
      )
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  }
});
