import * as assert from "node:assert/strict";

import { BASE } from "../../fleet/baseline/labels";
import { assertSays, cluster, fleetConfig, inOrder, succeeded } from "../engine/fleets";
import { withSandbox } from "../engine/harness";
import { CLUSTER, LiveObjects } from "../engine/live-objects";
import { bringAddOnKinds, infrastructureRef } from "../engine/real-cluster";
import { type TestStack } from "../engine/test-stack";

const ENVIRONMENT = "add-ons-first";
const PROXY = { apiVersion: "addons.cluster.x-k8s.io/v1alpha1", kind: "HelmChartProxy" };

/** A canary that takes a base configuration and add-ons, and a cluster in memory in the stage after it. */
function fleet(sendTo: string, namespaces: readonly string[], version: string): Record<string, unknown> {
  const canary = { region: "eu-west-1", stage: "canary", infrastructureRef: infrastructureRef("canary") };
  return fleetConfig(
    ENVIRONMENT,
    { canary: { ...canary, baseline: { namespaces } }, rest: { ...cluster({ workers: 0 }), version, stage: "rest" } },
    {
      "cluster-fleet:addOns": { "monitoring-agent": { sendTo } },
      "cluster-fleet:upgrades": {
        stages: ["canary", "rest"].map((name) => ({ name, soak: "0m" })),
      },
    },
  );
}

/** No add-on provider runs here: what is asserted is what is declared, and in which run. */
describe("the add-ons of a stage", function () {
  this.timeout(900_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;
  let base: string | undefined;

  before("a fleet with add-ons", async () => {
    await bringAddOnKinds(sandbox());
    stack = sandbox().stack(ENVIRONMENT, fleet("https://one.example.com/write", ["shop"], "v1.35.2"));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    succeeded(await stack.up());
    base = await baseOf("canary");
    stack.configure(fleet("https://two.example.com/write", ["shop", "payment"], "v1.36.1"));
  });

  it("change in a run before that of its clusters", async () => {
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /add-ons of canary +canary +monitoring-agent other values +step/);
    assertSays(stdout, "its add-ons go first: monitoring-agent other values");
    assert.match(await valuesOf("monitoring-agent-canary"), /two\.example\.com/);
    assert.equal(await baseOf("canary"), base);
  });

  it("are followed by their clusters in the next run; the stage after waits for both", async () => {
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /rest +rest +v1\.35\.2 -> v1\.36\.1 +wait +stage canary is not through/);
    assert.notEqual(await baseOf("canary"), base);
    const { spec } = await live.read(CLUSTER, "rest");
    assert.equal((spec as { topology: { version: string } }).topology.version, "v1.35.2");
  });

  async function baseOf(name: string): Promise<string | undefined> {
    return (await live.read(CLUSTER, name)).metadata.labels?.[BASE];
  }

  async function valuesOf(name: string): Promise<string> {
    return ((await live.read(PROXY, name)).spec as { valuesTemplate: string }).valuesTemplate;
  }
});
