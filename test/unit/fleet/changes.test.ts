import assert from "node:assert/strict";

import { clusterChanges, describeChange } from "../../../fleet/changes";
import { inMemoryKubeadm } from "../../../fleet/classes/in-memory-kubeadm";
import { clusterAnnotations } from "../../../fleet/cluster-labels";
import { CLASS, ENVIRONMENT, MANAGED_BY, MANAGER, REGION } from "../../../fleet/labels";
import { type ObservedCluster } from "../../../fleet/observed";
import { planFleet } from "../../../fleet/plan";
import { NO_AWS } from "../../../fleet/topology/aws-side";
import { clusterConfig, config, liveClass, liveCluster, NOW } from "./fixtures";

const NAME = "prod-us-west-2";
const TARGET = inMemoryKubeadm(config().classes["in-memory-kubeadm"]).name;
const PLAIN = {
  region: "us-west-2",
  infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSCluster", name: "theirs" },
};

/** What declaring a cluster changes on one that lives as {@link declared}, but for `changes`. */
function changesOf(configured: object, changes: Partial<ObservedCluster> = {}): string[] {
  const live = liveCluster({ ...declared, ...changes });
  const clusters = { [NAME]: configured };
  const { clusters: planned } = planFleet(
    config({ clusters }),
    { clusters: [], classes: [liveClass(TARGET)] },
    NO_AWS,
    NOW,
  );
  return clusterChanges(planned[0]!, live, "production").map(describeChange);
}

const declared: Partial<ObservedCluster> = {
  classRef: TARGET,
  annotations: clusterAnnotations({ name: NAME, decommission: false }),
};

describe("clusterChanges", () => {
  it("finds nothing where a cluster lives as it is declared", () => {
    assert.deepEqual(changesOf(clusterConfig()), []);
  });

  it("names each field in the stack file's words, in the order in which people ask for them", () => {
    const configured = clusterConfig({
      version: "v1.36.1",
      controlPlane: { replicas: 5 },
      workers: { default: { replicas: 6 }, gpu: { replicas: 1 } },
      labels: { team: "shop" },
      annotations: { contact: "shop@example.com" },
      paused: true,
    });
    assert.deepEqual(changesOf(configured, { classRef: "in-memory-kubeadm-old" }), [
      `class in-memory-kubeadm-old -> ${TARGET}`,
      "version v1.35.2 -> v1.36.1",
      "controlPlane.replicas 3 -> 5",
      "workers.default.replicas 5 -> 6",
      "workers.gpu.replicas (none) -> 1",
      "paused (none) -> true",
      'labels["team"] (none) -> shop',
      'annotations["contact"] (none) -> shop@example.com',
    ]);
  });

  const grown: Partial<ObservedCluster> = {
    labels: { ...liveCluster().labels, team: "theirs", "topology.cluster.x-k8s.io/owned": "" },
    declared: {
      ...liveCluster().declared,
      workers: [
        { name: "default", replicas: 5 },
        { name: "extra", replicas: 2 },
      ],
    },
  };

  it("takes away what we declared and declare no more, and nothing that others declared", () => {
    assert.deepEqual(changesOf(clusterConfig(), grown), []);
    const owned = { ...liveCluster().owned, labels: ["team"], workers: ["default", "extra"] };
    assert.deepEqual(changesOf(clusterConfig(), { ...grown, owned }), [
      "workers.extra 2 -> (none)",
      'labels["team"] theirs -> (none)',
    ]);
  });

  it("lets a pause of somebody else be, and ends our own", () => {
    const paused = { declared: { ...liveCluster().declared, paused: true } };
    assert.deepEqual(changesOf(clusterConfig(), paused), []);
    const owned = { ...liveCluster().owned, spec: ["paused"] };
    assert.deepEqual(changesOf(clusterConfig(), { ...paused, owned }), ["paused true -> (none)"]);
  });

  it("names the fleet's labels that somebody else's cluster lacks, and no others", () => {
    const labels = { [MANAGED_BY]: "terraform" };
    assert.deepEqual(changesOf(clusterConfig(), { labels }), [
      `labels["${MANAGED_BY}"] terraform -> ${MANAGER}`,
      `labels["${CLASS}"] (none) -> in-memory-kubeadm`,
      `labels["${ENVIRONMENT}"] (none) -> production`,
      `labels["${REGION}"] (none) -> us-west-2`,
    ]);
  });

  it("names the object that a plain cluster stands on, by kind and name", () => {
    const live = {
      ...liveCluster().declared,
      controlPlaneReplicas: undefined,
      workers: [],
      podRanges: [],
      serviceRanges: [],
    };
    const ref = { ...PLAIN.infrastructureRef, name: "before" };
    const changes = changesOf(PLAIN, {
      classRef: undefined,
      version: undefined,
      labels: { ...liveCluster().labels, [CLASS]: "plain" },
      declared: { ...live, infrastructureRef: ref },
    });
    assert.deepEqual(changes, ["infrastructureRef AWSCluster/before -> AWSCluster/theirs"]);
  });

  it("says nothing of the references of a cluster with a class: Cluster API makes them", () => {
    const live = { ...liveCluster().declared, infrastructureRef: PLAIN.infrastructureRef };
    assert.deepEqual(changesOf(clusterConfig(), { declared: live }), []);
  });
});
