import * as assert from "node:assert/strict";

import { type TopologyClusterConfig } from "../../../../fleet/config/config";
import { awsEks } from "../../../../fleet/config/schema/aws-classes";
import { type WorkerPoolValues } from "../../../../fleet/config/schema/cluster";
import { type Json } from "../../../../fleet/content-hash";
import { type ClusterRanges } from "../../../../fleet/network/address-plan";
import { type ObservedCluster, type ObservedNodeGroup } from "../../../../fleet/observed";
import { type PlannedCluster } from "../../../../fleet/planned";
import { type AwsSide } from "../../../../fleet/topology/aws-side";
import { nodeGroups, nodeGroupsBehind, type PlannedNodeGroup } from "../../../../fleet/topology/node-groups";
import { liveCluster } from "../fixtures";

const SIDE: AwsSide = { managementName: "fleet", accounts: {} };
const RANGES = { subnets: [{ zone: "us-west-2a" }, { zone: "us-west-2b" }] } as ClusterRanges;
const IMAGES = awsEks.parse({
  images: {
    "v1.35.2": { "us-west-2": { amd64: "ami-00000035" } },
    "v1.36.1": { "us-west-2": { amd64: "ami-00000036" } },
  },
});
const POOL: WorkerPoolValues = { replicas: 2, instanceType: "m7i.large", managed: true };

function groups(
  pool: WorkerPoolValues,
  alive?: ObservedCluster,
  version = "v1.35.2",
  follow = true,
): PlannedNodeGroup[] {
  const workers = { default: pool, own: { replicas: 1 } };
  const cluster = { class: "aws-eks", version, region: "us-west-2", workers } as unknown;
  return nodeGroups("one", cluster as TopologyClusterConfig, RANGES, alive, SIDE, IMAGES, follow);
}

function living(planned: PlannedNodeGroup, changes: Partial<ObservedNodeGroup> = {}): ObservedNodeGroup {
  const { name, pool, version } = planned;
  return { name, pool, version, ready: true, declared: planned as unknown as Json, ...changes };
}

describe("managed node groups", () => {
  it("are the managed pools alone, in all zones of the cluster, by the name of what can never change", () => {
    const [group, ...others] = groups(POOL);
    assert.deepEqual(others, []);
    assert.match(group!.name, /^one-default-[0-9a-f]{10}$/);
    assert.deepEqual(group!.machines["availabilityZones"], ["us-west-2a", "us-west-2b"]);
    assert.equal(group!.machines["roleName"], "nodes.fleet.cluster-fleet");
    assert.equal(groups({ ...POOL, replicas: 9, instanceType: "m7i.xlarge", volumeGiB: 200 })[0]!.name, group!.name);
    assert.notEqual(groups({ ...POOL, capacity: "spot" })[0]!.name, group!.name);
  });

  it("start at the version of their cluster, without its patch", () => {
    assert.equal(groups(POOL)[0]!.version, "v1.35.0");
  });

  it("follow to the version of their control plane, with its image, only when they are told to", () => {
    const imageOf = (group: PlannedNodeGroup | undefined) => JSON.stringify(group?.machines["awsLaunchTemplate"]);
    const alive = liveCluster({ nodeGroups: [living(groups(POOL)[0]!)], version: "v1.36.0" });
    const [held, moved] = [groups(POOL, alive, "v1.36.1", false)[0]!, groups(POOL, alive, "v1.36.1")[0]!];
    assert.equal(held.version, "v1.35.0");
    assert.match(imageOf(held), /"id":"ami-00000035"/);
    assert.equal(moved.version, "v1.36.0");
    assert.match(imageOf(moved), /"id":"ami-00000036"/);
  });

  it("that are held follow the configuration in their size alone", () => {
    const alive = liveCluster({ nodeGroups: [living(groups(POOL)[0]!)], version: "v1.35.0" });
    const [held] = groups({ ...POOL, replicas: 7, volumeGiB: 200 }, alive, "v1.35.2", false);
    const [asAsked] = groups({ ...POOL, replicas: 7 }, alive);
    assert.deepEqual(held, asAsked);
  });

  it("are behind where their version is not their control plane's, or their machines are others than asked for", () => {
    const behind = (planned: PlannedNodeGroup[], version: string) =>
      nodeGroupsBehind(
        { version, nodeGroups: planned } as unknown as PlannedCluster,
        liveCluster({ nodeGroups: [living(groups(POOL)[0]!)], version }),
      ).map((group) => group.behind);
    assert.deepEqual(behind(groups(POOL), "v1.35.0"), [false]);
    assert.deepEqual(behind(groups({ ...POOL, replicas: 9 }), "v1.35.0"), [false]);
    assert.deepEqual(behind(groups({ ...POOL, volumeGiB: 200 }), "v1.35.0"), [true]);
    assert.deepEqual(behind(groups(POOL), "v1.36.0"), [true]);
  });

  it("that come to a cluster which is being upgraded have the version that its control plane has", () => {
    assert.equal(groups(POOL, liveCluster({ version: "v1.35.0" }), "v1.36.1")[0]!.version, "v1.35.0");
  });

  it("that can only be replaced stay as they were declared, until the one in their place has its machines", () => {
    const old = groups(POOL)[0]!;
    const spot = { ...POOL, capacity: "spot" as const };
    const next = groups(spot)[0]!;
    const alive = (...nodeGroups: ObservedNodeGroup[]) => liveCluster({ version: "v1.35.0", nodeGroups });
    assert.deepEqual(
      groups(spot, alive(living(old))).find(({ name }) => name === old.name),
      old,
    );
    assert.equal(groups(spot, alive(living(old), living(next, { ready: false }))).length, 2);
    assert.deepEqual(groups(spot, alive(living(old), living(next))), [next]);
  });

  it("go with their pool", () => {
    const alive = liveCluster({ nodeGroups: [living(groups(POOL)[0]!)] });
    const cluster = { class: "aws-eks", version: "v1.35.2", workers: {} } as unknown;
    assert.deepEqual(nodeGroups("one", cluster as TopologyClusterConfig, RANGES, alive, SIDE, IMAGES, true), []);
  });
});
