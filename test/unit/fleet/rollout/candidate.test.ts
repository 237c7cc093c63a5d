import assert from "node:assert/strict";

import { BASE } from "../../../../fleet/baseline/labels";
import { STEP } from "../../../../fleet/labels";
import { type ObservedCluster } from "../../../../fleet/observed";
import { type RolloutCluster } from "../../../../fleet/rollout/types";
import { asPlanned, awsConfig, image, input, onlyCluster, planned } from "./aws-fleet";

/** As the configuration asks for it. */
const wanted = () => onlyCluster(planned(awsConfig()));
/** As it lives once all of that is done. */
const alive = () => asPlanned(wanted());

const STEPPED = { from: "v1.34.3", to: "v1.35.2", started: "2026-11-20T00:00:00.000Z" };

/** How a rollout sees the cluster that the configuration declares, where that lives. */
function seen(config = awsConfig(), ...clusters: ObservedCluster[]): RolloutCluster {
  return input(config, { clusters }).clusters[0]!;
}

/** The live cluster, where it differs from what the configuration asks for. */
function living(changes: Partial<ObservedCluster>) {
  return seen(awsConfig(), { ...alive(), ...changes }).live!;
}

describe("a cluster as a rollout sees it", () => {
  it("is to have a version, a class, machines and a base configuration, and nothing lives of a new one", () => {
    const { target, live } = seen();
    const { machines, ...others } = target;
    assert.deepEqual(others, { kubernetes: "v1.35.2", class: wanted().className, base: wanted().base?.revision });
    assert.match(machines ?? "", /^[0-9a-f]{10}$/);
    assert.equal(live, undefined);
  });

  it("is at its target where it lives as it was planned", () => {
    const { target, live } = seen(awsConfig(), alive());
    assert.deepEqual(live, {
      revision: target,
      ours: true,
      available: true,
      settled: true,
      reason: "",
      since: alive().since,
      base: { applied: true, since: "2026-11-23T06:10:00Z" },
      conditions: ["Available", "TopologyReconciled"],
      annotations: {},
    });
  });

  it("is in the stage that it names, else in the only one", () => {
    const upgrades = { stages: [{ name: "canary" }] };
    assert.equal(seen(awsConfig({ stage: "canary" }, { upgrades })).stage, "canary");
    assert.equal(seen().stage, "all");
  });

  it("is paused where Cluster API leaves it alone, and left out where it is being decommissioned", () => {
    const { paused, skipped } = seen(awsConfig({ paused: true }));
    assert.deepEqual([paused, skipped], ["Cluster API leaves it alone (paused: true)", undefined]);
    const going = seen(awsConfig({}, { decommission: ["one"] }), alive());
    assert.deepEqual([going.paused, going.skipped], [undefined, "is being decommissioned"]);
  });

  it("has the versions of EKS where its class is of EKS", () => {
    assert.equal(seen().distribution, "kubernetes");
    assert.equal(seen(awsConfig({ class: "aws-eks", controlPlane: undefined })).distribution, "eks");
  });

  it("has its last step, and what its provider gave up on, from the live object", () => {
    const annotations = { [STEP]: JSON.stringify(STEPPED) };
    const { step, terminal } = living({ annotations, terminal: "no quota" });
    assert.deepEqual([step, terminal], [STEPPED, "no quota"]);
  });

  it("is not ours before the run that adopts it", () => {
    assert.equal(seen(awsConfig({ adopt: true }), { ...alive(), labels: {} }).live?.ours, false);
  });

  it("passes through a minor in the version that has images, with the machines of that version", () => {
    const { through, target } = seen(awsConfig({ version: "v1.36.1" }), alive());
    const on = through("1.35");
    assert.deepEqual({ ...on, machines: "" }, { ...target, kubernetes: "v1.35.2", machines: "" });
    assert.notEqual(on.machines, target.machines);
    assert.equal(on.machines, seen().target.machines);
  });
});

describe("the machines of a cluster", () => {
  const machinesOf = (changes: object) => {
    const [pool] = alive().declared.workers;
    return living({ declared: { ...alive().declared, workers: [{ ...pool!, ...changes }] } }).revision.machines;
  };

  it("are others in another zone, of another kind, or with another value of the class's variables", () => {
    const target = seen().target.machines;
    assert.notEqual(machinesOf({ failureDomain: "us-west-2b" }), target);
    assert.notEqual(machinesOf({ class: "spot" }), target);
    assert.notEqual(machinesOf({ variables: { worker: { instanceType: "m7i.xlarge" } } }), target);
    const variables = { ...alive().declared.variables, controlPlane: { instanceType: "m7i.xlarge" } };
    assert.notEqual(living({ declared: { ...alive().declared, variables } }).revision.machines, target);
  });

  it("are told apart by each of these alone", () => {
    const found = [
      machinesOf({ class: "spot" }),
      machinesOf({ class: "reserved" }),
      machinesOf({ failureDomain: "us-west-2b" }),
      machinesOf({ failureDomain: "us-west-2c" }),
      machinesOf({ variables: { worker: { instanceType: "m7i.xlarge" } } }),
      machinesOf({ variables: { worker: { instanceType: "m7i.2xlarge" } } }),
      machinesOf({ class: "spot", failureDomain: "us-west-2b" }),
    ];
    assert.equal(new Set(found).size, found.length);
  });

  it("are the same in any number", () => {
    assert.equal(machinesOf({ replicas: 9 }), seen().target.machines);
    assert.equal(machinesOf({ class: "spot", replicas: 9 }), machinesOf({ class: "spot", replicas: 1 }));
  });
});

describe("the base configuration of a live cluster", () => {
  it("is not there before Cluster API has noted it, and that is the reason where there is no other", () => {
    const { base, reason } = living({ bases: [] });
    assert.deepEqual(base, { applied: false });
    assert.equal(reason, `${wanted().base?.revision} is not applied yet`);
    assert.equal(living({ bases: [], reason: "RollingOut" }).reason, "RollingOut");
  });

  it("is judged by the revision that its label names, not by others", () => {
    const since = "2026-11-24T00:00:00Z";
    const bases = [
      { revision: "base-0", applied: true, since: "2026-11-01T00:00:00Z" },
      { revision: wanted().base!.revision, applied: false, since },
    ];
    const { base, reason } = living({ bases });
    assert.deepEqual(base, { applied: false, since });
    assert.equal(reason, `${wanted().base?.revision} is not applied yet`);
    assert.deepEqual(living({ bases: bases.map((each) => ({ ...each, applied: true })) }).base, {
      applied: true,
      since,
    });
  });

  it("is all that counts of a plain cluster, whatever else its conditions say", () => {
    const ref = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSCluster", name: "one" };
    const plain = {
      class: undefined,
      version: undefined,
      controlPlane: undefined,
      infrastructureRef: ref,
      baseline: {},
    };
    const config = awsConfig({ ...plain, network: undefined, workers: undefined });
    const { classRef: _class, version: _version, ...living } = asPlanned(onlyCluster(planned(config)));
    const reason = (changes: Partial<ObservedCluster>) =>
      seen(config, { ...living, ...changes, reason: "ScalingUp" }).live?.reason;
    assert.match(reason({ bases: [] }) ?? "", /^base-[0-9a-f]{10} is not applied yet$/);
    assert.equal(reason({}), "ScalingUp");
  });

  it("does not count where the cluster has none yet, or is to have none", () => {
    const { [BASE]: _base, ...labels } = alive().labels;
    assert.equal(living({ labels }).base, undefined);
    assert.equal(living({ labels }).revision.base, undefined);
    const config = awsConfig({ class: "in-memory-kubeadm", workers: {} });
    const without = asPlanned(onlyCluster(planned(config)));
    const { target, live } = seen(config, { ...without, labels: { ...without.labels, [BASE]: "base-0" } });
    assert.deepEqual([target.base, live?.revision.base, live?.base], [undefined, undefined, undefined]);
  });
});

describe("what blocks a cluster", () => {
  it("is a class that is not published yet, but not the one that it has, nor no class", () => {
    const at = { kubernetes: "v1.35.2", class: wanted().className! };
    const other = { ...at, class: "aws-kubeadm-other" };
    const { blocked } = seen(awsConfig(), { ...alive(), classRef: "aws-kubeadm-old" });
    assert.equal(blocked?.(other), "class aws-kubeadm-other is published in this run; a later one may move it");
    assert.equal(blocked?.({ ...at, class: "aws-kubeadm-old" }), undefined);
    assert.equal(blocked?.(at), undefined);
    assert.equal(blocked?.({ kubernetes: "v1.35.2" }), undefined);
  });

  it("is an image that the configuration lacks for a version on its way", () => {
    const images = { "v1.36.1": image("136") };
    const classes = { "aws-kubeadm": { images } };
    const { blocked } = seen(awsConfig({ version: "v1.36.1" }, { classes }), { ...alive(), version: "v1.34.3" });
    assert.match(
      blocked?.({ kubernetes: "v1.35.9" }) ?? "",
      /^v1\.35\.\d+ has no machine image for amd64 in us-west-2\. Make it with image-builder and name it at /,
    );
    assert.equal(blocked?.({ kubernetes: "v1.36.1" }), undefined);
    assert.equal(blocked?.({}), undefined);
  });

  it("is an add-on that it has and that does not take the version", () => {
    const addOns = { cilium: { version: "1.18.1", kubernetes: { from: "1.33", to: "1.35" } } };
    const { blocked } = seen(awsConfig({}, { addOns }), alive());
    assert.equal(blocked?.({ kubernetes: "v1.36.1" }), "cilium 1.18.1 does not take Kubernetes 1.36");
    assert.equal(blocked?.({ kubernetes: "v1.35.2" }), undefined);
    assert.equal(blocked?.({}), undefined);
    const eks = seen(awsConfig({ class: "aws-eks", controlPlane: undefined }, { addOns }));
    assert.equal(eks.blocked?.({ kubernetes: "v1.36.0" }), undefined);
  });
});
