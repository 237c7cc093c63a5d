import assert from "node:assert/strict";

import * as fc from "fast-check";

import { costedByConfig, costedByTopology, type CostedCluster } from "../../../../fleet/cost/costed-cluster";
import { declaredCosts } from "../../../../fleet/cost/fleet-cost";
import { type FleetConfig } from "../../../../fleet/config/config";
import { planFleet } from "../../../../fleet/plan";
import { type AwsSide } from "../../../../fleet/topology/aws-side";
import { config, NOW } from "../../fleet/fixtures";

const SIDE: AwsSide = {
  managementName: "shared",
  controllersRole: "arn:aws:iam::111122223333:role/shared-capa",
  accounts: {},
  natAddresses: ["203.0.113.1"],
  range: "10.0.0.0/16",
};

/** A fleet of two clusters on AWS. */
function awsFleet(workers: object, kubeadm: object = {}, changes: object = {}): FleetConfig {
  const ami = { "us-west-2": { amd64: "ami-0123456789abcdef0", arm64: "ami-0123456789abcdef1" } };
  return config({
    network: { pools: { "us-west-2": { range: "10.32.0.0/12" } } },
    classes: { "aws-kubeadm": { images: { "v1.35.2": ami } } },
    base: { version: "v1.35.2", region: "us-west-2", workers },
    clusters: {
      "prod-a": { class: "aws-kubeadm", network: { slot: 0 }, controlPlane: { replicas: 3, ...kubeadm } },
      "prod-b": { class: "aws-eks", network: { slot: 1 } },
    },
    ...changes,
  });
}

/** The clusters of a plan, as a policy sees them. */
function planned(fleet: FleetConfig): CostedCluster[] {
  const { clusters } = planFleet(fleet, { clusters: [], classes: [] }, SIDE, NOW);
  const byName = (list: readonly { name: string; value: unknown }[] = []) =>
    Object.fromEntries(list.map(({ name, value }) => [name, value])) as Record<string, never>;
  return clusters.map(({ variables, workers, ...rest }) =>
    costedByTopology(
      {
        ...rest,
        variables: byName(variables),
        workers: workers.map((each) => ({ ...each, variables: byName(each.variables) })),
      },
      fleet.network.reach.kind,
    ),
  );
}

/** EKS chooses its patches itself, so a plan names none. */
const withoutPatch = (clusters: CostedCluster[]) =>
  clusters.map(({ version = "", ...rest }) => ({ ...rest, minor: version.split(".")[1] }));

describe("what of a cluster costs money", () => {
  it("is told from the configuration with its defaults", () => {
    const fleet = awsFleet({ default: { replicas: 5, instanceType: "m7i.large" } });
    const [cluster] = declaredCosts(fleet);
    const machines = { instanceType: "m7i.large", spot: false, volumeGiB: 80 };
    assert.deepEqual(cluster, {
      name: "prod-a",
      region: "us-west-2",
      family: "aws-kubeadm",
      version: "v1.35.2",
      controlPlane: { name: "control plane", least: 3, most: 3, ...machines },
      pools: [{ name: "default", least: 5, most: 5, ...machines }],
      apiAccess: "public",
      attached: false,
    });
  });

  it("is the same by configuration and by plan, whatever the pools", () => {
    const size = fc.oneof(
      fc.record({ replicas: fc.nat(20) }),
      fc.tuple(fc.nat(20), fc.nat(20)).map(([min, more]) => ({ min, max: min + more + 1 })),
    );
    const pool = fc
      .record({
        size,
        instanceType: fc.constantFrom("m7i.large", "m7g.large", "c7i.2xlarge"),
        capacity: fc.constantFrom("on-demand", "spot"),
        volumeGiB: fc.integer({ min: 30, max: 500 }),
      })
      .map(({ size, ...rest }) => ({ ...size, ...rest }));
    const pools = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), pool, { minKeys: 1, maxKeys: 3 });
    fc.assert(
      fc.property(pools, fc.constantFrom("m7i.large", "r7i.xlarge"), (workers, instanceType) => {
        const fleet = awsFleet(workers, { instanceType, volumeGiB: 100 });
        // A zone without machines has no machine deployment, so a pool without any is in no plan.
        const withMachines = declaredCosts(fleet).map((cluster) => ({
          ...cluster,
          pools: cluster.pools.filter(({ most }) => most !== 0),
        }));
        assert.deepEqual(withoutPatch(planned(fleet)), withoutPatch(withMachines));
      }),
      { numRuns: 40 },
    );
  });

  it("is the same by configuration and by plan for managed node groups", () => {
    const managed = { min: 2, max: 6, instanceType: "m7g.large", capacity: "spot", volumeGiB: 120, managed: true };
    const fleet = awsFleet({ default: { replicas: 1, instanceType: "m7i.large" } });
    const images = fleet.classes["aws-kubeadm"].images;
    const withGroup = awsFleet(
      { default: { replicas: 1, instanceType: "m7i.large" } },
      {},
      {
        classes: { "aws-kubeadm": { images }, "aws-eks": { images } },
        clusters: { "prod-b": { class: "aws-eks", network: { slot: 1 }, workers: { burst: managed } } },
      },
    );
    assert.deepEqual(withoutPatch(planned(withGroup)), withoutPatch(declaredCosts(withGroup)));
    assert.deepEqual(declaredCosts(withGroup)[0]?.pools[0], {
      name: "burst",
      least: 2,
      most: 6,
      instanceType: "m7g.large",
      spot: true,
      volumeGiB: 120,
    });
  });

  it("follows from the way in: public, private, or attached to a transit gateway", () => {
    const { clusters } = awsFleet({ default: { replicas: 1, instanceType: "m7i.large" } });
    const ways = (["public-restricted", "peering", "transit-gateway"] as const).map((reach) => {
      const { apiAccess, attached } = costedByConfig("prod-a", clusters["prod-a"]!, reach);
      return [apiAccess, attached];
    });
    assert.deepEqual(ways, [
      ["public", false],
      ["private", false],
      ["private", true],
    ]);
  });

  it("of a topology without variables has machines of which only the number is known", () => {
    const { controlPlane, pools } = costedByTopology(
      { name: "a", region: "r", family: "aws-kubeadm", workers: [{ name: "x", class: "spot" }] },
      "peering",
    );
    const nothing = { instanceType: undefined, volumeGiB: undefined, least: undefined, most: undefined };
    assert.deepEqual(controlPlane, { name: "control plane", spot: false, ...nothing });
    assert.deepEqual(pools, [{ name: "x", spot: true, ...nothing }]);
  });
});
