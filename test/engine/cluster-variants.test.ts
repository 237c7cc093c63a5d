import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import { REPOSITORY } from "../../sandbox/layout";
import { assertSays, cluster, failed, fleetConfig, inOrder, plannedChanges, settled, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, CLUSTER_CLASS, type LiveObject, LiveObjects } from "./live-objects";
import { standObjects } from "./others-objects";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "variants";

/** Made from a class by us. */
const OWN = {
  ...cluster(),
  labels: { wave: "first", team: "shop" },
  annotations: { "example.com/contact": "shop@example.com" },
  waivers: { "control-plane-require-quorum": { until: "2999-12-31", reason: "one machine will do for a test" } },
};
/** Made by hand from a class that is not ours. */
const GROWN = { ...cluster(), stage: "rest" };
/** Made by hand but for its Cluster object. */
const PLAIN = {
  region: "eu-west-1",
  infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevCluster", name: "stand" },
  controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "KubeadmControlPlane", name: "stand" },
};

interface ClusterSpec {
  readonly paused?: boolean;
  readonly infrastructureRef?: object;
  readonly controlPlaneRef?: object;
  readonly topology?: {
    readonly classRef: { readonly name: string };
    readonly version: string;
    readonly workers: { readonly machineDeployments: readonly { readonly name: string; readonly replicas: number }[] };
  };
}

describe("clusters of every variant in one fleet", function () {
  this.timeout(400_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;
  let live: LiveObjects;
  let ourClass: string;
  let grown: LiveObject;

  before("one cluster of ours; beside it what another team made", async () => {
    stack = sandbox().stack(ENVIRONMENT, withClusters({ own: OWN }, ["canary"]));
    live = new LiveObjects(sandbox().kubeconfig, ENVIRONMENT);
    succeeded(await stack.up());
    ourClass = (await live.names(CLUSTER_CLASS))[0] ?? "";
    await makeTheirCluster();
    for (const object of standObjects("stand")) await live.create(object);
  });

  it("carry labels, annotations, waivers and stage of the stack file on their objects", async () => {
    const { labels, annotations } = (await live.read(CLUSTER, "own")).metadata;
    assert.deepEqual(withoutTopologyLabels(labels), {
      "app.kubernetes.io/managed-by": "cluster-fleet",
      "cluster-fleet.io/class": "in-memory-kubeadm",
      "cluster-fleet.io/environment": ENVIRONMENT,
      "cluster-fleet.io/region": "eu-west-1",
      "cluster-fleet.io/stage": "canary",
      "from-overlay": "yes",
      team: "shop",
      wave: "first",
    });
    assert.equal(annotations?.["example.com/contact"], "shop@example.com");
    assert.equal(
      annotations["cluster-fleet.io/waiver.control-plane-require-quorum"],
      "until 2999-12-31: one machine will do for a test",
    );
  });

  it("are not taken over unasked", async () => {
    stack.configure(withClusters({ own: OWN, grown: GROWN }));
    assertSays(
      failed(await stack.preview()),
      `The fleet cannot be declared as configured (1 problem):
        1. clusters.grown: exists on the management cluster, but was not made by the variants stack of cluster-fleet (got "no owner label"). Set adopt: true to take it over, choose another name, or delete the other cluster first.`,
    );
  });

  it("are adopted field by field, which the preview tells", async () => {
    grown = await live.read(CLUSTER, "grown");
    stack.configure(withClusters({ own: OWN, grown: { ...GROWN, adopt: true }, stand: PLAIN }));
    const { stdout } = succeeded(await stack.preview());
    assert.match(stdout, /grown +rest .* adopt +is adopted as it lives; a later run may move it/);
    assertSays(
      stdout,
      `grown: this run adopts the live cluster, in place. It changes:
          workers.default.replicas 2 -> 1
          labels["app.kubernetes.io/managed-by"] (none) -> cluster-fleet
          labels["cluster-fleet.io/class"] (none) -> in-memory-kubeadm
          labels["cluster-fleet.io/environment"] (none) -> variants
          labels["cluster-fleet.io/region"] (none) -> eu-west-1
          labels["cluster-fleet.io/stage"] (none) -> rest
          labels["from-overlay"] (none) -> yes
          annotations["pulumi.com/deletionPropagationPolicy"] (none) -> background
          annotations["pulumi.com/patchFieldManager"] (none) -> cluster-fleet`,
    );
  });

  it("keep their object, their class, their version and what we do not declare when they are adopted", async () => {
    succeeded(await stack.up());
    const { metadata, spec } = await live.read(CLUSTER, "grown");
    assert.equal(metadata.uid, grown.metadata.uid);
    assert.equal(metadata.labels?.["team"], "theirs");
    assert.equal(metadata.labels["app.kubernetes.io/managed-by"], "cluster-fleet");
    const { topology } = spec as ClusterSpec;
    assert.equal(topology?.classRef.name, "theirs");
    assert.equal(topology.version, "v1.35.1");
    assert.deepEqual(topology.workers.machineDeployments.map(({ name, replicas }) => [name, replicas]).sort(), [
      ["default", 1],
      ["extra", 1],
    ]);
  });

  it("are Available and settled: from our class, adopted, and plain", async () => {
    await settled(sandbox(), ENVIRONMENT, ["grown", "own", "stand"]);
    await live.haveMachines("grown", { controlPlane: 1, workers: 2 });
    await live.haveMachines("stand", { controlPlane: 1, workers: 0 });
    const { metadata, spec } = await live.read(CLUSTER, "stand");
    assert.equal(metadata.labels?.["cluster-fleet.io/class"], "plain");
    const { infrastructureRef, controlPlaneRef, topology } = spec as ClusterSpec;
    assert.deepEqual(
      [infrastructureRef, controlPlaneRef, topology],
      [PLAIN.infrastructureRef, PLAIN.controlPlaneRef, undefined],
    );
  });

  it("move to our class and version in the run after the adoption, and nothing else changes then", async () => {
    assert.deepEqual(await plannedChanges(stack), [
      "update variants",
      "update variants-grown",
      "update variants-grown-cluster",
    ]);
    assertSays(succeeded(await stack.up()).stdout, "grown: is adopted. adopt may go from the stack file.");
    const { metadata, spec } = await live.read(CLUSTER, "grown");
    const { topology } = spec as ClusterSpec;
    assert.deepEqual([topology?.classRef.name, topology?.version], [ourClass, "v1.35.2"]);
    assert.equal(metadata.uid, grown.metadata.uid);
    await settled(sandbox(), ENVIRONMENT, ["grown", "own", "stand"]);
  });

  it("are left alone by the next preview, also once adopt is gone from the stack file", async () => {
    stack.configure(withClusters({ own: OWN, grown: GROWN, stand: PLAIN }));
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("are paused, and lose a label that left the stack file; nothing else of them changes", async () => {
    const before = (await live.read(CLUSTER, "stand")).spec as ClusterSpec;
    const { team: _, ...labels } = OWN.labels;
    stack.configure(withClusters({ own: { ...OWN, labels }, grown: GROWN, stand: { ...PLAIN, paused: true } }));
    succeeded(await stack.up());
    assert.deepEqual((await live.read(CLUSTER, "stand")).spec, { ...before, paused: true });
    assert.equal((await live.read(CLUSTER, "own")).metadata.labels?.["team"], undefined);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  it("go on when they are no longer paused", async () => {
    stack.configure(withClusters({ own: OWN, grown: GROWN, stand: { ...PLAIN, paused: false } }));
    succeeded(await stack.up());
    assert.equal(((await live.read(CLUSTER, "stand")).spec as ClusterSpec).paused, undefined);
    await settled(sandbox(), ENVIRONMENT, ["grown", "own", "stand"]);
  });

  /** As another team would: from a class of their own that refers to the same templates as ours. */
  async function makeTheirCluster(): Promise<void> {
    const { spec } = await live.read(CLUSTER_CLASS, ourClass);
    await live.create({ ...CLUSTER_CLASS, metadata: { name: "theirs" }, spec });
    const pool = (name: string, replicas: number) => ({ class: "default-worker", name, replicas });
    const topology = {
      classRef: { name: "theirs" },
      version: "v1.35.1",
      controlPlane: { replicas: 1 },
      workers: { machineDeployments: [pool("default", 2), pool("extra", 1)] },
    };
    const metadata = { name: "grown", labels: { team: "theirs" } };
    await live.create({ ...CLUSTER, metadata, spec: { topology } });
  }
});

describe("a project folder with a mistake in its stack file", function () {
  this.timeout(120_000);
  const sandbox = withSandbox();
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cf-project-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("ends with the file, the line and the column of each mistake", async () => {
    writeFileSync(path.join(folder, "Pulumi.yaml"), stringify(project()));
    succeeded(await sandbox().pulumi(["stack", "init", "placed", "--no-select"], { cwd: folder }));
    writeFileSync(path.join(folder, "Pulumi.placed.yaml"), stackFile());
    assertSays(
      failed(await sandbox().pulumi(["preview", "--stack", "placed", "--non-interactive"], { cwd: folder })),
      `The configuration of this stack cannot be used (2 problems):
        1. clusters.one.paused: is not true or false (got "true"). Write true or false, without quotes.
           Pulumi.placed.yaml:12:7
        2. overlay.controlPlane.replicas: is even: etcd survives no more failures with it than with one machine fewer (got 2). Write 1 or 3.
           Pulumi.placed.yaml:7:21`,
    );
  });

  function project(): object {
    const options = {
      typescript: false,
      nodeargs: `--require ${path.join(REPOSITORY, "node_modules/sucrase/register/ts")}`,
    };
    return { name: "cluster-fleet", runtime: { name: "nodejs", options }, main: path.join(REPOSITORY, "index.ts") };
  }

  function stackFile(): string {
    return `encryptionsalt: v1:/7wsRTQu90I=:v1:wKDDTerOv45yd4v9:9xrYBLAIxurIC6h9wChzBip/5dp/GQ==
config:
  cluster-fleet:environment: placed
  cluster-fleet:management: { kind: kubeconfig, name: sandbox, path: ${sandbox().kubeconfig} }
  cluster-fleet:overlay:
    version: v1.35.2
    controlPlane: { replicas: 2 }
  cluster-fleet:clusters:
    one:
      class: in-memory-kubeadm
      region: eu-west-1
      paused: "true"
`;
  }
});

function withClusters(clusters: Record<string, object>, stages = ["canary", "rest"]): Record<string, unknown> {
  const selectors: Record<string, object> = {
    canary: { matchLabels: { wave: "first" } },
    rest: { matchExpressions: [{ key: "wave", operator: "DoesNotExist" }] },
  };
  return fleetConfig(ENVIRONMENT, clusters, {
    "cluster-fleet:overlay": { labels: { "from-overlay": "yes" } },
    "cluster-fleet:upgrades": { stages: stages.map((name) => ({ name, selector: selectors[name], soak: "0m" })) },
  });
}

function withoutTopologyLabels(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.includes("cluster.x-k8s.io/")));
}
