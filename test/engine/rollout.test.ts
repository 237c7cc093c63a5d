import * as assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { assertSays, cluster, failed, fleetConfig, inOrder, settled, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, LiveObjects } from "./live-objects";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "staged";
const NAMES = ["canary", "rest-1", "rest-2"];

function fleet(version: string, upgrades: object = {}, names = NAMES): Record<string, unknown> {
  const member = (name: string) => ({ ...cluster({ workers: 0 }), version, labels: { wave: name.split("-")[0] } });
  const stage = (name: string) => ({ name, selector: { matchLabels: { wave: name } }, soak: "0m", stepTimeout: "1m" });
  return fleetConfig(ENVIRONMENT, Object.fromEntries(names.map((name) => [name, member(name)])), {
    "cluster-fleet:versions": {
      kubernetes: { "1.34": { standardEnds: "2999-01-01" }, "1.35": { standardEnds: "2999-01-02" } },
    },
    "cluster-fleet:upgrades": { stages: [stage("canary"), stage("rest")], ...upgrades },
  });
}

describe("a rollout by `pulumi up` alone", function () {
  this.timeout(600_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;

  before("a fleet in v1.34", async () => {
    stack = sandbox().stack(ENVIRONMENT, fleet("v1.34.3"));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    succeeded(await stack.up());
    await settled(sandbox(), ENVIRONMENT, NAMES);
  });

  const versions = async () =>
    Promise.all(
      NAMES.map(async (name) => {
        const { spec } = await live.read(CLUSTER, name);
        return (spec as { topology: { version: string } }).topology.version;
      }),
    );

  it("starts nothing in a freeze, and says why and until when", async () => {
    const freezes = [{ from: "2020-01-01", to: "2998-12-31", reason: "an audit" }];
    stack.configure(fleet("v1.35.2", { freezes }));
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /canary +canary +v1\.34\.3 -> v1\.35\.2 +wait +.*frozen until 2999-01-01 00:00 UTC: an audit/);
    assert.match(stdout, /rest-1 and 1 more +rest +v1\.34\.3 -> v1\.35\.2 +wait +stage canary is not through/);
    assert.deepEqual(await versions(), ["v1.34.3", "v1.34.3", "v1.34.3"]);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("starts nothing under FLEET_HOLD=all", async () => {
    stack.configure(fleet("v1.35.2"));
    stack.variables = { FLEET_HOLD: "all" };
    const { stdout } = succeeded(await stack.up());
    stack.variables = {};
    assertSays(stdout, "FLEET_HOLD is set: nothing starts");
    assert.deepEqual(await versions(), ["v1.34.3", "v1.34.3", "v1.34.3"]);
  });

  it("moves the first stage alone, and has nothing to do while that is under way", async () => {
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /canary +canary +v1\.34\.3 -> v1\.35\.2 +step/);
    assert.deepEqual(await versions(), ["v1.35.2", "v1.34.3", "v1.34.3"]);
    const [step] = await annotationsOf("canary");
    assert.equal(step?.from.split(" ")[0], "v1.34.3");
    assert.equal(step.to.split(" ")[0], "v1.35.2");
    succeeded(await stack.preview("--expect-no-changes"));
    await settled(sandbox(), ENVIRONMENT, NAMES);
  });

  it("moves one cluster of the next stage at a time; one that does not settle halts the stage", async () => {
    succeeded(await stack.up());
    // Nobody works on a paused cluster: its step never ends.
    await live.edit(CLUSTER, "rest-1", { spec: { paused: true } });
    assert.deepEqual(await versions(), ["v1.35.2", "v1.35.2", "v1.34.3"]);
    await sleep(61_000);
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /stage rest \(rev-[0-9a-f]{10}\): 0 of 2 through, 1 failed, halted/);
    assert.match(stdout, /rest-1 +rest .* failed +has not settled since /);
    assert.match(stdout, /rest-2 +rest +v1\.34\.3 -> v1\.35\.2 +wait +stage rest is halted: 1 failed/);
    assert.deepEqual(await versions(), ["v1.35.2", "v1.35.2", "v1.34.3"]);
  });

  it("goes on once the cluster has come to itself", async () => {
    await live.edit(CLUSTER, "rest-1", { spec: { paused: false } });
    await settled(sandbox(), ENVIRONMENT, NAMES);
    succeeded(await stack.up());
    assert.deepEqual(await versions(), ["v1.35.2", "v1.35.2", "v1.35.2"]);
    await settled(sandbox(), ENVIRONMENT, NAMES);
    assert.doesNotMatch(succeeded(await stack.preview("--expect-no-changes")).stdout, /Rollout at/);
  });

  it("refuses a cluster that left the stack file without a decommission", async () => {
    stack.configure(fleet("v1.35.2", {}, ["canary", "rest-1"]));
    assertSays(failed(await stack.preview()), "rest-2");
    assert.deepEqual(await versions(), ["v1.35.2", "v1.35.2", "v1.35.2"]);
  });

  it("tells of a version that somebody changed by hand, and leaves it", async () => {
    stack.configure(fleet("v1.35.2"));
    await live.edit(CLUSTER, "rest-2", { spec: { topology: { version: "v1.35.3" } } });
    const { stdout } = succeeded(await stack.preview());
    assert.match(stdout, /rest-2 .* ahead +runs v1\.35\.3, newer than v1\.35\.2; versions never go back/);
    assert.match(stdout, /rest-2: was changed by somebody else: v1\.35\.3 lives/);
  });

  async function annotationsOf(name: string): Promise<{ from: string; to: string }[]> {
    const { annotations = {} } = (await live.read(CLUSTER, name)).metadata;
    const step = annotations["cluster-fleet.io/step"];
    return step === undefined ? [] : [JSON.parse(step) as { from: string; to: string }];
  }
});
