import assert from "node:assert/strict";

import { parse } from "yaml";
import * as pulumi from "@pulumi/pulumi";

import { parseConfig } from "../../fleet/config/parse";
import { planFleet } from "../../fleet/plan";
import { NOW } from "../unit/fleet/fixtures";
import { recordRegistrations, type Registration } from "./recorder";

const registrations = recordRegistrations((type) =>
  type === "random:index/randomPassword:RandomPassword" ? { result: "the-one-origin" } : {},
);

const IMAGES = { "v1.35.2": { "us-west-2": { amd64: "ami-0123456789abcdef0" } } };
const POOL = { replicas: 1, instanceType: "m7i.large" };
const cluster = (slot: number, changes: object) => ({
  region: "us-west-2",
  network: { slot },
  workers: { default: POOL },
  ...changes,
});

describe("a fleet with clusters on AWS", () => {
  const config = parseConfig({
    environment: "staging",
    management: { kind: "stack", stack: "o/p/s" },
    base: { version: "v1.35.2" },
    network: { pools: { "us-west-2": { range: "10.32.0.0/12" } } },
    classes: { "aws-kubeadm": { images: IMAGES }, "aws-eks": { images: IMAGES } },
    clusters: {
      one: cluster(1, { class: "aws-kubeadm", controlPlane: { replicas: 1 } }),
      two: cluster(2, { class: "aws-kubeadm", controlPlane: { replicas: 1 } }),
      eks: cluster(3, {
        class: "aws-eks",
        workers: { default: POOL, ready: { ...POOL, managed: true, min: 1, max: 3, replicas: undefined } },
      }),
    },
  });
  const side = {
    managementName: "fleet",
    controllersRole: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet",
    accounts: {},
    natAddresses: ["203.0.113.10"],
  };

  before(async () => {
    const { Fleet } = await import("../../components");
    registrations.length = 0;
    const { notes: _notes, rollout: _rollout, ...facts } = planFleet(config, { clusters: [], classes: [] }, side, NOW);
    new Fleet("staging", {
      ...facts,
      // As of a management cluster that the same run builds.
      apiRanges: pulumi.output(Promise.resolve(["203.0.113.10/32"])),
      management: { managementName: "fleet", kubeconfig: "{}" },
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
  });

  const named = (name: string): Registration => {
    const found = registrations.find((each) => each.name === name);
    assert.ok(found, `${name} is not among ${registrations.map((each) => each.name).join(", ")}`);
    return found;
  };
  const topologyOf = (name: string) =>
    (named(`staging-${name}-cluster`).inputs["spec"] as { topology: { variables: { name: string; value: unknown }[] } })
      .topology;

  it("has a key for each kubeadm cluster, another one for each, and none for EKS", () => {
    // Marked as a secret, so it is encrypted in the state.
    const { value: data } = named("staging-encryption").inputs["stringData"] as { value: Record<string, string> };
    assert.deepEqual(Object.keys(data).sort(), ["one", "two"]);
    const keys = Object.values(data).map(
      (text) =>
        (parse(text) as { resources: { providers: { secretbox: { keys: { secret: string }[] } }[] }[] }).resources[0]!
          .providers[0]!.secretbox.keys[0]!.secret,
    );
    assert.notEqual(keys[0], keys[1]);
    for (const key of keys) assert.equal(Buffer.from(key, "base64").length, 32);
  });

  it("lets the management cluster call each API server, by addresses that may come later", () => {
    const value = (name: string, variable: string) =>
      topologyOf(name).variables.find((each) => each.name === variable)?.value;
    assert.deepEqual(value("one", "api"), { scheme: "internet-facing", ranges: ["203.0.113.10/32"] });
    assert.deepEqual(value("eks", "endpoint"), {
      access: { public: true, private: true, publicCIDRs: ["203.0.113.10/32"] },
      inside: [],
    });
  });

  it("gives every variable once, in order of name", () => {
    for (const name of ["one", "eks"]) {
      const names = topologyOf(name).variables.map((each) => each.name);
      assert.deepEqual(names, [...new Set(names)].sort());
    }
  });

  it("declares a managed node group as three objects of one name, and its cluster's topology without the pool", () => {
    const pool = registrations.find(({ type }) => type.endsWith(":MachinePool"))!;
    const { metadata, spec } = pool.inputs as {
      metadata: { name: string; annotations: Record<string, string> };
      spec: { replicas?: number; template: { spec: object } };
    };
    assert.equal(spec.replicas, undefined);
    assert.equal(metadata.annotations["cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size"], "3");
    assert.equal(
      (JSON.parse(metadata.annotations["cluster-fleet.io/declared"]!) as { name: string }).name,
      metadata.name,
    );
    assert.deepEqual(spec.template.spec, {
      clusterName: "eks",
      version: "v1.35.0",
      bootstrap: { configRef: { apiGroup: "bootstrap.cluster.x-k8s.io", kind: "NodeadmConfig", name: metadata.name } },
      infrastructureRef: {
        apiGroup: "infrastructure.cluster.x-k8s.io",
        kind: "AWSManagedMachinePool",
        name: metadata.name,
      },
    });
    for (const role of ["machines", "joining"]) {
      assert.equal(
        (named(`staging-eks-${metadata.name}-${role}`).inputs["metadata"] as { name: string }).name,
        metadata.name,
      );
    }
    const { workers } = topologyOf("eks") as unknown as { workers: { machineDeployments: { name: string }[] } };
    assert.deepEqual(
      workers.machineDeployments.map(({ name }) => name),
      ["default-a"],
    );
  });
});
