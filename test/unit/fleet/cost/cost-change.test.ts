import assert from "node:assert/strict";

import { costChanges, liveCosts, totalChange } from "../../../../fleet/cost/cost-change";
import { type CostedCluster } from "../../../../fleet/cost/costed-cluster";
import { changeText } from "../../../../fleet/cost/money";
import { type Json } from "../../../../fleet/content-hash";
import { CLASS, ENVIRONMENT, MANAGED_BY, MANAGER, REGION } from "../../../../fleet/labels";
import { type DeclaredSpec, type ObservedNodeGroup } from "../../../../fleet/observed";
import { calendar } from "../../../../fleet/versions";
import { liveCluster } from "../fixtures";
import { kubeadmCluster, machines, TODAY } from "./fixtures";

const changes = (declared: CostedCluster[], live: CostedCluster[]) => costChanges(declared, live, calendar(), TODAY);
const text = (declared: CostedCluster[], live: CostedCluster[]) =>
  changes(declared, live).map(({ name, usd }) => `${name} ${usd === undefined ? "?" : changeText(usd)}`);

/** The cluster of `kubeadmCluster` as Cluster API has it. */
function live(declared: Partial<DeclaredSpec> = {}) {
  const machine: Record<string, Json> = { instanceType: "m7i.large", volumeGiB: 80 };
  const pool = (zone: string, replicas: number) => ({
    name: `default-${zone}`,
    class: "on-demand",
    replicas,
    failureDomain: `us-east-1${zone}`,
    variables: { worker: machine },
  });
  return liveCluster({
    name: "prod-a",
    labels: { [MANAGED_BY]: MANAGER, [ENVIRONMENT]: "production", [REGION]: "us-east-1", [CLASS]: "aws-kubeadm" },
    declared: {
      controlPlaneReplicas: 3,
      workers: [pool("a", 2), pool("b", 2), pool("c", 1)],
      variables: { controlPlane: machine },
      podRanges: [],
      serviceRanges: [],
      paused: false,
      ...declared,
    },
  });
}

const seen = (...clusters: ReturnType<typeof live>[]) =>
  liveCosts({ clusters, classes: [] }, "production", "public-restricted");

describe("clusters as they live", () => {
  it("cost what their topology says, the zones of a pool put together", () => {
    assert.deepEqual(seen(live()), [kubeadmCluster()]);
  });

  it("are those of the environment alone", () => {
    const foreign = { ...live(), labels: { [MANAGED_BY]: MANAGER, [ENVIRONMENT]: "staging" } };
    assert.deepEqual(seen(foreign), []);
  });

  it("have a range where the autoscaler decides, if its annotations say so", () => {
    const pool = { name: "burst-a", class: "spot", failureDomain: "us-east-1a" };
    const pools = (more: object) => seen(live({ workers: [{ ...pool, ...more }] }))[0]?.pools;
    const machines = { name: "burst", spot: true, instanceType: undefined, volumeGiB: undefined };
    assert.deepEqual(pools({ min: 0, max: 4 }), [{ ...machines, least: 0, most: 4 }]);
    assert.deepEqual(pools({}), [{ ...machines, least: undefined, most: undefined }]);
  });
});

describe("managed node groups as they live", () => {
  const group = (capacityType: string, size: object): ObservedNodeGroup => ({
    name: `prod-a-burst-${capacityType}`,
    pool: "burst",
    version: "v1.35.0",
    replicas: 3,
    ready: true,
    declared: {
      name: `prod-a-burst-${capacityType}`,
      pool: "burst",
      version: "v1.35.0",
      ...size,
      machines: { capacityType, awsLaunchTemplate: { instanceType: "m7i.large", rootVolume: { size: 80 } } },
    },
  });
  const pools = (...nodeGroups: ObservedNodeGroup[]) => seen({ ...live({ workers: [] }), nodeGroups })[0]?.pools;
  const burst = machines({ name: "burst", least: 3, most: 3 });

  it("are pools of their cluster, of a range where the autoscaler decides", () => {
    assert.deepEqual(pools(group("onDemand", { replicas: 3 })), [burst]);
    assert.deepEqual(pools(group("spot", { min: 1, max: 9 })), [{ ...burst, least: 1, most: 9, spot: true }]);
  });

  it("cost beside the one whose place they take, as long as both are there", () => {
    assert.deepEqual(pools(group("onDemand", { replicas: 3 }), group("spot", { replicas: 3 })), [
      burst,
      { ...burst, spot: true },
    ]);
  });

  it("are machines of which only the number is known where somebody took away what was declared", () => {
    const bare = { ...group("spot", {}), declared: undefined };
    assert.deepEqual(pools(bare), [{ ...burst, instanceType: undefined, volumeGiB: undefined }]);
  });
});

describe("the change in cost", () => {
  it("is nothing where a cluster is declared as it lives", () => {
    assert.deepEqual(text([kubeadmCluster()], seen(live())), ["prod-a 0"]);
  });

  it("is all of a new cluster, and all of one that goes", () => {
    const other = kubeadmCluster({ name: "prod-c" });
    assert.deepEqual(text([kubeadmCluster()], [other]), ["prod-a +777", "prod-c -777"]);
  });

  it("is the difference in between, at the least and at the most", () => {
    const declared = kubeadmCluster({ pools: [machines({ least: 4, most: 6 })] });
    assert.deepEqual(text([declared], [kubeadmCluster()]), ["prod-a -80 to +80"]);
  });

  it("is unknown where one side lacks a price, and known where both lack the same", () => {
    const unpriced = (count: number) =>
      kubeadmCluster({ pools: [machines({ instanceType: "m9i.large", least: count, most: count })] });
    const larger = { ...unpriced(5), controlPlane: machines({ least: 5, most: 5 }) };
    assert.deepEqual(text([unpriced(5)], [kubeadmCluster()]), ["prod-a ?"]);
    assert.deepEqual(text([unpriced(6)], [unpriced(5)]), ["prod-a ?"]);
    assert.deepEqual(text([larger], [unpriced(5)]), ["prod-a +160"]);
  });

  it("adds up, unless one of them is unknown", () => {
    const other = kubeadmCluster({ name: "prod-c", pools: [] });
    assert.equal(changeText(totalChange(changes([kubeadmCluster(), other], []))!), "+1,154");
    const unpriced = kubeadmCluster({ name: "prod-c", pools: [machines({ instanceType: "m9i.large" })] });
    assert.equal(totalChange(changes([kubeadmCluster(), unpriced], [])), undefined);
  });
});
