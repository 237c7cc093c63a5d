import * as assert from "node:assert/strict";
import { type ApiException, CoreV1Api, KubeConfig, KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";

import { BASE, TRACK } from "../../fleet/baseline/labels";
import { RawObjects } from "../../live/raw-objects";
import { type WorkloadApi } from "../../sandbox/workload-api/start";
import { eventually } from "./eventually";
import { assertSays, fleetConfig, inOrder, plannedChanges, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, type Kind, LiveObjects } from "./live-objects";
import { infrastructureRef, provideInfrastructure, startRealCluster } from "./real-cluster";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "based";
const NAME = "cluster-fleet-base";
const CONFIG_MAP: Kind = { apiVersion: "v1", kind: "ConfigMap" };
const RESOURCE_SET: Kind = { apiVersion: "addons.cluster.x-k8s.io/v1beta2", kind: "ClusterResourceSet" };
const FREEZE = { freezes: [{ from: "2020-01-01", to: "2998-12-31", reason: "an audit" }] };

interface Shape {
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly ingress?: readonly object[]; readonly limits?: readonly object[]; readonly hard?: object };
}

/** A workload cluster of which the API server is real; no machine belongs to it. */
describe("the base configuration of a cluster", function () {
  this.timeout(300_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;
  let workload: WorkloadApi;
  let inside: KubeConfig;
  let first: string;
  let second: string;

  before("a cluster that somebody else made, whose API server runs", async () => {
    stack = sandbox().stack(ENVIRONMENT, withBase({ namespaces: ["shop"] }));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    workload = await startRealCluster(sandbox(), "real");
    inside = new KubeConfig();
    inside.loadFromString(workload.kubeconfig);
  });
  after(() => workload.stop());

  it("reaches it from the management cluster: the base of all clusters with the overlay of its environment", async () => {
    succeeded(await stack.up());
    await provideInfrastructure(sandbox(), live, ENVIRONMENT, "real", workload);
    first = (await live.read(CLUSTER, "real")).metadata.labels?.[BASE] ?? "";
    await settings({
      environment: ENVIRONMENT,
      logging: "false",
      monitoring: "true",
      namespaces: "default,shop",
      networkPolicy: "true",
      "quota.cpu": "20",
      "quota.memory": "64Gi",
      "quota.pods": "200",
      resourceLimits: "strict",
      revision: first,
    });
    await eventually("all objects", async () => assert.equal(await baseline(), `real ${first} as declared`));
    assert.equal((await read("NetworkPolicy", "shop")).spec?.ingress?.length, 1);
    assert.deepEqual((await read("ResourceQuota", "shop")).spec?.hard, {
      "limits.memory": "64Gi",
      pods: "200",
      "requests.cpu": "20",
      "requests.memory": "64Gi",
      "services.loadbalancers": "5",
    });
  });

  it("acts there: strict limits refuse a pod that asks for too much", async () => {
    await assert.rejects(makePod("greedy", "16Gi"), (error: ApiException<string>) => {
      assert.match(error.body, /maximum memory usage per Container is 8Gi, but limit is 16Gi/);
      return true;
    });
  });

  it("has its add-ons by a chart proxy that selects the cluster", async () => {
    const proxy = await live.read(
      { apiVersion: "addons.cluster.x-k8s.io/v1alpha1", kind: "HelmChartProxy" },
      "monitoring-agent-default",
    );
    const { clusterSelector } = proxy.spec as { clusterSelector: { matchLabels: Record<string, string> } };
    const { labels = {} } = (await live.read(CLUSTER, "real")).metadata;
    assert.equal(labels[TRACK], "default");
    for (const [key, value] of Object.entries(clusterSelector.matchLabels)) assert.equal(labels[key], value);
  });

  it("stays declared while the cluster may not move: nothing of it goes, and an edit of it is taken back", async () => {
    stack.configure(withBase(CHANGED, FREEZE));
    const changes = (await plannedChanges(stack)).map((change) => change.replace(/base-[0-9a-f]{10}/, "REVISION"));
    assert.deepEqual(changes, [
      "create based-base-REVISION",
      "create based-base-REVISION-namespaces",
      "create based-base-REVISION-namespaces-set",
      "create based-base-REVISION-set",
      // The components, whose inputs name the revisions.
      "update based",
      "update based-base",
    ]);
    succeeded(await stack.up());
    assert.equal((await live.read(CLUSTER, "real")).metadata.labels?.[BASE], first);
    const resources = [{ kind: "ConfigMap", name: "of-somebody" }];
    await live.edit(RESOURCE_SET, first, { metadata: { labels: { [BASE]: null } }, spec: { resources } });
    succeeded(await stack.up("--refresh"));
    const { metadata, spec } = await live.read(RESOURCE_SET, first);
    assert.equal(metadata.labels?.[BASE], first);
    assert.deepEqual((spec as { resources: object[] }).resources, [{ kind: "ConfigMap", name: first }]);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("changes as a whole with the stack file, under the names that it had", async () => {
    stack.configure(withBase(CHANGED));
    succeeded(await stack.up());
    second = (await live.read(CLUSTER, "real")).metadata.labels?.[BASE] ?? "";
    assert.notEqual(second, first);
    await eventually("the second revision", async () =>
      assert.equal((await read("ConfigMap", "cluster-fleet-system")).data?.["revision"], second),
    );
    // Nothing takes away what only the first one had: it is told.
    const leftOver = ["LimitRange", "NetworkPolicy", "ResourceQuota"].map(
      (kind) => `real: ${kind} shop/${NAME} is left over from an earlier revision; delete it by hand`,
    );
    await eventually("all objects", async () =>
      assert.equal(await baseline(), [`real ${second} as declared`, ...leftOver].join("\n")),
    );
    assert.deepEqual((await read("NetworkPolicy", "default")).spec?.ingress, [{}]);
    assert.deepEqual((await read("LimitRange", "default")).spec?.limits ?? [], []);
    await makePod("greedy", "16Gi");
    assert.ok((await live.names(CONFIG_MAP)).includes(first));
  });

  it("is compared with what lives: an edit and a deletion by hand are found, object by object", async () => {
    const api = KubernetesObjectApi.makeApiClient(inside);
    const policy = { ...object("NetworkPolicy", "default"), spec: { ingress: [] } };
    await api.patch(policy, undefined, undefined, "kubectl-edit", undefined, PatchStrategy.MergePatch);
    await api.delete(object("ResourceQuota", "default"));
    const { code, stdout } = await fleet("--expect-declared");
    assert.equal(code, 3);
    assertSays(
      stdout,
      `real: NetworkPolicy default/${NAME} differs in spec.ingress
       real: ResourceQuota default/${NAME} is missing`,
    );
  });

  it("is restored on demand, by Cluster API, and the stack does not change for that", async () => {
    const { code, stdout, stderr } = await fleet("--restore", "--expect-declared");
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual((await read("NetworkPolicy", "default")).spec?.ingress, [{}]);
    assert.equal((await read("ResourceQuota", "default")).spec?.hard, undefined);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("comes back as it was when the stack file goes back to an earlier one", async () => {
    stack.configure(withBase({ namespaces: ["shop"] }));
    succeeded(await stack.up());
    assert.equal((await live.read(CLUSTER, "real")).metadata.labels?.[BASE], first);
    await eventually("the first revision", async () => assert.equal(await baseline(), `real ${first} as declared`));
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("is pruned once no cluster uses it; one that is in use stays, and so does what the cluster has", async () => {
    const parts = async (revision: string) =>
      (await Promise.all([CONFIG_MAP, RESOURCE_SET].map((kind) => live.names(kind, `${BASE}=${revision}`)))).flat();
    const kept = [first, `${first}-namespaces`, first, `${first}-namespaces`];
    assert.deepEqual(await parts(first), kept);
    assert.equal((await parts(second)).length, 4);
    const { code, stdout, stderr } = await sandbox().fleet("prune", "--stack", ENVIRONMENT, "--yes");
    assert.equal(code, 0, stdout + stderr);
    assertSays(stdout, "Deleted 1 revision(s) of the base configuration.");
    assert.deepEqual(await parts(second), []);
    assert.deepEqual(await parts(first), kept);
    assert.equal(await baseline(), `real ${first} as declared`);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("tells of a cluster that does not answer", async () => {
    await workload.stop();
    const { code, stdout } = await fleet();
    assert.equal(code, 0);
    assert.match(stdout, /^real +base-[0-9a-f]+ +not reachable$/m);
  });

  it("is a step under way for as long as the cluster does not have it", async () => {
    stack.configure(withBase({ namespaces: ["orders"] }));
    succeeded(await stack.up());
    const { stdout } = succeeded(await stack.preview("--expect-no-changes"));
    assert.match(stdout, /real +all +moving +base-[0-9a-f]+ is not applied yet/);
  });

  async function fleet(...args: string[]) {
    return sandbox().fleet("baseline", "--stack", ENVIRONMENT, ...args);
  }

  /** All that the command says of the cluster, without blanks at the ends of its columns. */
  async function baseline(): Promise<string> {
    const { stdout } = await fleet();
    return stdout
      .split("\n")
      .filter((line) => /^real[ :]/.test(line))
      .map((line) => line.replace(/ +/g, " "))
      .join("\n");
  }

  async function settings(expected: Record<string, string>): Promise<void> {
    await eventually("the settings", async () =>
      assert.deepEqual((await read("ConfigMap", "cluster-fleet-system")).data, expected),
    );
  }

  /** @throws AssertionError while it is not there. */
  async function read(kind: keyof typeof API_VERSIONS, namespace: string): Promise<Shape> {
    const found = await new RawObjects(inside).read(object(kind, namespace));
    return found === undefined ? assert.fail(`${kind} is not in ${namespace}`) : (found as Shape);
  }

  async function makePod(name: string, memory: string): Promise<void> {
    const container = { name: "app", image: "example.com/app", resources: { limits: { memory } } };
    await inside.makeApiClient(CoreV1Api).createNamespacedPod({
      namespace: "default",
      body: { metadata: { name }, spec: { containers: [container] } },
    });
  }
});

const API_VERSIONS = {
  ConfigMap: "v1",
  LimitRange: "v1",
  NetworkPolicy: "networking.k8s.io/v1",
  ResourceQuota: "v1",
};

function object(kind: keyof typeof API_VERSIONS, namespace: string) {
  return { apiVersion: API_VERSIONS[kind], kind, metadata: { name: NAME, namespace } };
}

/** What another revision says. */
const CHANGED = { resourceLimits: "none", networkPolicy: false };

/** Base for all, strict limits by the environment, and what a test says of the cluster. */
function withBase(own: object, upgrades: object = {}): Record<string, unknown> {
  const cluster = { region: "eu-west-1", infrastructureRef: infrastructureRef("real"), baseline: own };
  return fleetConfig(
    ENVIRONMENT,
    { real: cluster },
    {
      "cluster-fleet:base": { baseline: { logging: false } },
      "cluster-fleet:overlay": { baseline: { resourceLimits: "strict" } },
      "cluster-fleet:upgrades": upgrades,
    },
  );
}
