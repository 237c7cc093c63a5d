import assert from "node:assert/strict";

import { type FleetArgs } from "../../components";
import { planFleet } from "../../fleet/plan";
import { NO_AWS } from "../../fleet/topology/aws-side";
import { clusterConfig, config, NOW } from "../unit/fleet/fixtures";
import { recordRegistrations, valueOf, type Registration } from "./recorder";

const CLUSTER = "kubernetes:cluster.x-k8s.io/v1beta2:Cluster";

const registrations = recordRegistrations();

describe("Fleet", () => {
  const {
    notes: _notes,
    rollout: _rollout,
    ...facts
  } = planFleet(
    config({
      clusters: { "prod-us-west-2": clusterConfig(), "prod-us-east-1": clusterConfig({ region: "us-east-1" }) },
      decommission: [],
    }),
    { clusters: [], classes: [] },
    NO_AWS,
    NOW,
  );
  const args: FleetArgs = {
    ...facts,
    management: { managementName: "sandbox", kubeconfigPath: ".sandbox/kubeconfig" },
  };
  const [revision] = facts.classes;
  let clusterNames: string[];

  before(async () => {
    const { Fleet } = await import("../../components");
    registrations.length = 0;
    const fleet = new Fleet("production", args);
    clusterNames = await valueOf(fleet.clusterNames);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });

  const named = (name: string): Registration => {
    const found = registrations.find((each) => each.name === name);
    assert.ok(found, `${name} is not among ${registrations.map((each) => each.name).join(", ")}`);
    return found;
  };

  it("registers itself first, with the facts of the whole fleet", () => {
    assert.equal(registrations[0]?.type, "cluster-fleet:index:Fleet");
    assert.deepEqual(registrations[0]?.inputs["clusters"], args.clusters);
  });

  it("registers exactly these resources", () => {
    const templates = revision!.templates.map(({ kind, metadata }) => `${kind} production-classes-${metadata.name}`);
    assert.deepEqual(
      registrations.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort(),
      [
        "Fleet production",
        "ManagementCluster production-management",
        "kubernetes production-management-provider",
        "Namespace production-namespace",
        "ClusterClasses production-classes",
        `ClusterClass production-classes-${revision!.name}`,
        ...templates,
        "WorkloadCluster production-prod-us-east-1",
        "Cluster production-prod-us-east-1-cluster",
        "WorkloadCluster production-prod-us-west-2",
        "Cluster production-prod-us-west-2-cluster",
      ].sort(),
    );
  });

  it("identifies the management cluster by its name alone and names the kubeconfig, never its contents", () => {
    assert.deepEqual(named("production-management-provider").inputs, {
      clusterIdentifier: "sandbox",
      kubeconfig: ".sandbox/kubeconfig",
      upsertExistingObjects: "true",
      enablePatchForce: "true",
    });
  });

  it("declares a cluster as one Cluster object with a topology", () => {
    const cluster = named("production-prod-us-west-2-cluster");
    assert.equal(cluster.type, CLUSTER);
    assert.deepEqual(cluster.inputs, {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "Cluster",
      metadata: {
        name: "prod-us-west-2",
        namespace: "production",
        labels: {
          "app.kubernetes.io/managed-by": "cluster-fleet",
          "cluster-fleet.io/environment": "production",
          "cluster-fleet.io/region": "us-west-2",
          "cluster-fleet.io/class": "in-memory-kubeadm",
        },
        annotations: {
          "pulumi.com/deletionPropagationPolicy": "background",
          "pulumi.com/patchFieldManager": "cluster-fleet",
        },
      },
      spec: {
        clusterNetwork: {
          pods: { cidrBlocks: ["192.168.0.0/16"] },
          services: { cidrBlocks: ["10.128.0.0/12"] },
          serviceDomain: "cluster.local",
        },
        topology: {
          classRef: { name: revision!.name },
          version: "v1.35.2",
          controlPlane: { replicas: 3 },
          workers: { machineDeployments: [{ class: "default-worker", name: "default", replicas: 5 }] },
        },
      },
    });
  });

  it("publishes every class object under the name of its content, in the fleet's namespace", () => {
    for (const { apiVersion, kind, metadata, spec } of [...revision!.templates, revision!.clusterClass]) {
      assert.deepEqual(named(`production-classes-${metadata.name}`).inputs, {
        apiVersion,
        kind,
        metadata: { ...metadata, namespace: "production" },
        spec,
      });
    }
  });

  it("says which clusters and classes it declared", () => {
    assert.deepEqual(clusterNames, ["prod-us-east-1", "prod-us-west-2"]);
  });
});

describe("WorkloadCluster", () => {
  async function register(changes: object): Promise<Registration["inputs"]> {
    const { WorkloadCluster } = await import("../../components");
    registrations.length = 0;
    const component = new WorkloadCluster("c", {
      clusterName: "c",
      namespace: "staging",
      environment: "staging",
      region: "r",
      classFamily: "f",
      className: "f-1",
      version: "v1.35.2",
      workers: [],
      ...changes,
    });
    await valueOf(component.clusterName);
    return registrations.find((each) => each.type === CLUSTER)!.inputs;
  }

  it("marks the object for decommission with the cluster's own name", async () => {
    const { metadata } = (await register({ decommission: true })) as { metadata: { annotations: object } };
    assert.deepEqual(metadata.annotations, {
      "pulumi.com/deletionPropagationPolicy": "background",
      "pulumi.com/patchFieldManager": "cluster-fleet",
      "cluster-fleet.io/decommission": "c",
    });
  });

  it("omits empty values, which Cluster API's v1beta2 refuses", async () => {
    const { spec } = (await register({})) as { spec: { topology: object } };
    assert.deepEqual(spec.topology, { classRef: { name: "f-1" }, version: "v1.35.2" });
  });
});
