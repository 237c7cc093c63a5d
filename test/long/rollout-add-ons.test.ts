import * as assert from "node:assert/strict";

import { CustomObjectsApi, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";

import { BASE } from "../../fleet/baseline/labels";
import { loadKubeconfig } from "../../live/management-client";
import { type WorkloadApi } from "../../sandbox/workload-api/start";
import { eventually } from "../engine/eventually";
import { assertSays, cluster, fleetConfig, inOrder, succeeded } from "../engine/fleets";
import { withSandbox } from "../engine/harness";
import { CLUSTER, LiveObjects } from "../engine/live-objects";
import { infrastructureRef, provideInfrastructure, startRealCluster } from "../engine/real-cluster";
import { type TestStack } from "../engine/test-stack";

const ENVIRONMENT = "add-ons-first";
const PROXY = { apiVersion: "addons.cluster.x-k8s.io/v1alpha1", kind: "HelmChartProxy" };
const AGENT = "monitoring-agent-canary";

/** A canary that takes a base configuration and add-ons, with a real API server, and a cluster in memory in the stage after it. */
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

/** The add-on provider does not run here: the test says in its place that an add-on is everywhere. */
describe("the add-ons of a stage", function () {
  this.timeout(900_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;
  let workload: WorkloadApi;
  let base: string | undefined;

  before("a fleet with add-ons", async () => {
    workload = await startRealCluster(sandbox(), "canary");
    stack = sandbox().stack(ENVIRONMENT, fleet("https://one.example.com/write", ["shop"], "v1.35.2"));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    succeeded(await stack.up());
    await provideInfrastructure(sandbox(), live, ENVIRONMENT, "canary", workload);
    await markReady();
    base = await baseOf();
    await eventually("the first base", async () => assert.match(await baseline(), /^canary +\S+ +as declared$/m));
    stack.configure(fleet("https://two.example.com/write", ["shop", "payment"], "v1.36.1"));
  });

  after(() => workload.stop());

  it("change in a run before that of its clusters", async () => {
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /add-ons of canary +canary +monitoring-agent other values +step/);
    assertSays(stdout, "its add-ons go first: monitoring-agent other values");
    const { spec } = await live.read(PROXY, AGENT);
    assert.match((spec as { valuesTemplate: string }).valuesTemplate, /two\.example\.com/);
    assert.equal(await baseOf(), base);
  });

  it("are followed by their clusters once they are everywhere; the stage after waits for those", async () => {
    await markReady();
    const { stdout } = succeeded(await stack.up());
    assert.match(stdout, /rest +rest +v1\.35\.2 -> v1\.36\.1 +wait +stage canary is not through/);
    assert.notEqual(await baseOf(), base);
    assert.equal(await versionOf("rest"), "v1.35.2");
  });

  it("and goes once the base configuration is there", async () => {
    await eventually("the second base", async () => assert.match(await baseline(), /^canary +\S+ +as declared$/m));
    const goes = async () => assert.match(succeeded(await stack.preview()).stdout, /rest +rest +\S+ -> \S+ +step/);
    await eventually("the turn of the stage after", goes);
    succeeded(await stack.up());
    assert.equal(await versionOf("rest"), "v1.36.1");
  });

  async function baseOf(): Promise<string | undefined> {
    return (await live.read(CLUSTER, "canary")).metadata.labels?.[BASE];
  }

  async function versionOf(name: string): Promise<string> {
    return ((await live.read(CLUSTER, name)).spec as { topology: { version: string } }).topology.version;
  }

  async function baseline(): Promise<string> {
    return (await sandbox().fleet("baseline", "--stack", ENVIRONMENT)).stdout;
  }

  async function markReady(): Promise<void> {
    const { generation } = (await live.read(PROXY, AGENT)).metadata;
    const said = { reason: "Everywhere", message: "", lastTransitionTime: new Date().toISOString() };
    const ready = { type: "Ready", status: "True", ...said };
    const api = loadKubeconfig({ path: sandbox().kubeconfig }).makeApiClient(CustomObjectsApi);
    await api.patchNamespacedCustomObjectStatus(
      {
        group: "addons.cluster.x-k8s.io",
        version: "v1alpha1",
        plural: "helmchartproxies",
        namespace: ENVIRONMENT,
        name: AGENT,
        body: { status: { observedGeneration: generation, conditions: [ready] } },
      },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  }
});
