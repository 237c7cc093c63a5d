import * as assert from "node:assert/strict";
import { killEngines } from "../../sandbox/engine/run";
import { eventually } from "./eventually";
import { cluster, failed, fleetConfig, inOrder, settled, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, LiveObjects } from "./live-objects";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "interrupted";
const small = cluster({ workers: 0 });
const FOUR = { a: small, b: small, c: small, d: small };
const SIX = { ...FOUR, a: cluster({ workers: 1 }), e: small, f: small };

/** One resource at a time, so that a run can be met between two clusters. */
const ONE_BY_ONE = "--parallel=1";

describe("an up that is interrupted", function () {
  this.timeout(400_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;
  let survivors: Record<string, string>;

  before(() => {
    stack = sandbox().stack(ENVIRONMENT, fleetConfig(ENVIRONMENT, FOUR));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
  });

  it("by kill -9 of the engine and its plugins leaves some clusters created and others not", async () => {
    const run = stack.up(ONE_BY_ONE);
    await clusterCount(1);
    killEngines();
    assert.notEqual((await run).code, 0);
    survivors = await uids();
    assert.ok(Object.keys(survivors).length < 4, `too late: ${Object.keys(survivors).join(", ")} live already`);
  });

  it("is completed by cancel and another up, without doubles and without strangers", async () => {
    succeeded(await stack.cancel());
    succeeded(await stack.up());
    assert.deepEqual(await live.names(CLUSTER), Object.keys(FOUR));
    assert.deepEqual({ ...(await uids()), ...survivors }, await uids());
    await nothingIsUnknownToTheState();
  });

  it("leaves the engine a note of creations under way, which a refresh clears without a change", async () => {
    const before = await topologies();
    succeeded(await stack.refresh("--clear-pending-creates"));
    assert.deepEqual((await stack.exportState()).deployment.pending_operations ?? [], []);
    succeeded(await stack.preview("--expect-no-changes"));
    assert.deepEqual(await topologies(), before);
  });

  it("by a restart of the API server completes or says why not, and the next up completes", async () => {
    stack.configure(fleetConfig(ENVIRONMENT, SIX));
    const before = await uids();
    const inFlight = stack.up(ONE_BY_ONE);
    await clusterCount(5);
    await sandbox().processes.restart("kube-apiserver");
    const run = await inFlight;
    if (run.code !== 0) assert.match(failed(run), /ECONNREFUSED|connection refused|does not answer|unreachable/i);

    succeeded(await stack.up());
    assert.deepEqual(await live.names(CLUSTER), Object.keys(SIX));
    assert.deepEqual({ ...(await uids()), ...before }, await uids());
    await nothingIsUnknownToTheState();
  });

  it("has then changed replicas without a conflict, brought up every cluster, and leaves nothing to do", async () => {
    await settled(sandbox(), ENVIRONMENT, Object.keys(SIX));
    await live.haveMachines("a", { controlPlane: 1, workers: 1 });
    succeeded(await stack.preview("--expect-no-changes"));
  });

  async function clusterCount(atLeast: number): Promise<void> {
    const look = async () => assert.ok((await live.names(CLUSTER)).length >= atLeast);
    await eventually(`${atLeast} clusters`, look, 5);
  }

  async function uids(): Promise<Record<string, string>> {
    const clusters = await live.list(CLUSTER);
    return Object.fromEntries(clusters.map(({ metadata }) => [metadata.name, metadata.uid ?? ""]));
  }

  /** What is declared of each cluster; Cluster API writes into the rest of its spec while it comes up. */
  async function topologies(): Promise<Record<string, unknown>> {
    const clusters = await live.list(CLUSTER);
    return Object.fromEntries(
      clusters.map(({ metadata, spec }) => [metadata.name, (spec as { topology: unknown }).topology]),
    );
  }

  /** Every object that we declared is in the state, once. */
  async function nothingIsUnknownToTheState(): Promise<void> {
    const { resources = [] } = (await stack.exportState()).deployment;
    const known = resources.filter(({ type }) => type.includes("cluster.x-k8s.io/"));
    const ours = await live.listOurs();
    const ids = ours.map(({ metadata }) => `${ENVIRONMENT}/${metadata.name}`);
    assert.deepEqual(known.map(({ id }) => id).sort(), ids.sort());
  }
});
