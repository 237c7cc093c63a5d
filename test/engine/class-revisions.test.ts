import * as assert from "node:assert/strict";
import { assertSays, classRevision, cluster, fleetConfig, inOrder, settled, startup, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, CLUSTER_CLASS, LiveObjects } from "./live-objects";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "classes";

/** Names of a revision's objects. They differ in the machines' start-up time: in the class and two of its templates. */
const FIRST = revision("0s");
const SECOND = revision("1ms");

describe("a changed cluster class", function () {
  this.timeout(400_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;

  before(() => {
    stack = sandbox().stack(ENVIRONMENT, withStartup("0s"));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
  });

  it("is first published beside the old one: in that run no cluster moves, and it says so", async () => {
    succeeded(await stack.up());
    assert.equal(await classOf("mover"), FIRST.name);

    stack.configure(withStartup("1ms"));
    const run = succeeded(await stack.up());
    assertSays(run.stdout, published(SECOND.name));
    assert.deepEqual(await live.names(CLUSTER_CLASS), sorted([FIRST.name, SECOND.name]));
    assert.equal(await classOf("mover"), FIRST.name);
  });

  it("is moved to by the next run, which replaces the machines and keeps the old revision", async () => {
    await settled(sandbox(), ENVIRONMENT, ["mover"]);
    const before = await machineIds();
    assert.equal(before.length, 2);
    succeeded(await stack.up());
    assert.equal(await classOf("mover"), SECOND.name);
    await settled(sandbox(), ENVIRONMENT, ["mover"]);
    await live.haveMachines("mover", { controlPlane: 1, workers: 1 });
    assert.deepEqual(intersection(before, await machineIds()), []);
    assert.deepEqual(await live.names(CLUSTER_CLASS), sorted([FIRST.name, SECOND.name]));
  });

  it("leaves an old revision that `fleet prune` deletes with its templates, and nothing else", async () => {
    const before = await ours();
    const prune = await sandbox().fleet("prune", "--stack", ENVIRONMENT, "--yes");
    const gone = FIRST.objects.filter((each) => !SECOND.objects.includes(each));
    assert.equal(
      prune.stdout,
      `No cluster in classes uses, and classes does not declare:\n${gone.map((each) => `  ${each}\n`).join("")}` +
        "Deleted 1 class revision(s) and 2 template(s).\n",
    );
    assert.equal(prune.code, 0, prune.stderr);
    assert.deepEqual(
      await ours(),
      before.filter((each) => !gone.includes(each)),
    );
    const again = await sandbox().fleet("prune", "--stack", ENVIRONMENT, "--yes");
    assert.equal(again.stdout, "Nothing to prune: every revision is used or declared.\n");
  });

  it("goes back to its first content: published and moved to again, under the same name", async () => {
    stack.configure(withStartup("0s"));
    assertSays(succeeded(await stack.up()).stdout, published(FIRST.name));
    assert.equal(await classOf("mover"), SECOND.name);
    succeeded(await stack.up());
    assert.equal(await classOf("mover"), FIRST.name);
    await settled(sandbox(), ENVIRONMENT, ["mover"]);
  });

  it("goes forth to a revision that was kept: taken up as it is and moved to in one run", async () => {
    const before = await ours();
    assert.ok(SECOND.objects.every((each) => before.includes(each)));
    const kept = (await live.read(CLUSTER_CLASS, SECOND.name)).metadata;
    stack.configure(withStartup("1ms"));
    succeeded(await stack.up());
    assert.equal(await classOf("mover"), SECOND.name);
    assert.deepEqual(await ours(), before);
    const { uid, generation } = (await live.read(CLUSTER_CLASS, SECOND.name)).metadata;
    assert.deepEqual({ uid, generation }, { uid: kept.uid, generation: kept.generation });
    succeeded(await stack.preview("--expect-no-changes"));
  });

  async function classOf(name: string): Promise<string> {
    const { spec } = await live.read(CLUSTER, name);
    return (spec as { topology: { classRef: { name: string } } }).topology.classRef.name;
  }

  async function machineIds(): Promise<string[]> {
    const { controlPlane, workers } = await live.machines("mover");
    return [...controlPlane, ...workers].map(({ metadata }) => metadata.uid ?? "");
  }

  /** Every object that we declared, as `Kind/name`, sorted. */
  async function ours(): Promise<string[]> {
    const objects = await live.listOurs();
    return sorted(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  }
});

function withStartup(duration: string): Record<string, unknown> {
  return fleetConfig(ENVIRONMENT, { mover: cluster() }, { "cluster-fleet:classes": startup(duration) });
}

function revision(duration: string): { name: string; objects: string[] } {
  const { name, templates } = classRevision(duration);
  const templateNames = templates.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  return { name, objects: [`ClusterClass/${name}`, ...sorted(templateNames)] };
}

function published(target: string): string {
  return `class ${target} is published in this run; a later one may move it`;
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}

function intersection(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((each) => others.includes(each));
}
