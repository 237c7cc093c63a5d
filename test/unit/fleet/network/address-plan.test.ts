import assert from "node:assert/strict";

import * as fc from "fast-check";

import { addressPlan, blockOf, type ClusterRanges, slotCount } from "../../../../fleet/network/address-plan";
import { contains, overlap, range } from "../../../../fleet/network/ranges";
import { VPC_PREFIXES } from "../../../../fleet/network/subnets";
import { cluster, clustersIn, network, networks } from "./arbitraries";

const POOL = { range: "10.32.0.0/12", clusterSize: 16 };
const ONE = network({ "us-west-2": POOL });
const rangesOf = ({ vpc, pods, services }: ClusterRanges) => [vpc, pods, services].map(range);
const fleets = networks.chain((each) => fc.tuple(fc.constant(each), clustersIn(each)));

describe("the address plan", () => {
  it("gives a slot of a /16 pool these ranges", () => {
    assert.deepEqual(addressPlan(ONE, { a: cluster({ slot: 1 }) }).get("a"), {
      vpc: "10.33.0.0/17",
      pods: "10.33.128.0/18",
      services: "10.33.192.0/18",
      subnets: [
        { zone: "us-west-2a", nodes: "10.33.0.0/19", public: "10.33.96.0/23", controlPlane: "10.33.112.0/27" },
        { zone: "us-west-2b", nodes: "10.33.32.0/19", public: "10.33.98.0/23", controlPlane: "10.33.112.32/27" },
        { zone: "us-west-2c", nodes: "10.33.64.0/19", public: "10.33.100.0/23", controlPlane: "10.33.112.64/27" },
      ],
    });
  });

  it("gives no cluster a larger VPC than AWS makes", () => {
    const { vpc, pods } = addressPlan(network({ "us-west-2": { range: "10.0.0.0/8", clusterSize: 12 } }), {
      a: cluster({ slot: 0 }),
    }).get("a")!;
    assert.deepEqual([vpc, pods], ["10.0.0.0/16", "10.8.0.0/14"]);
  });

  it("takes what is written explicitly, range by range", () => {
    const { vpc, pods, services } = addressPlan(ONE, {
      a: cluster({ slot: 2, vpc: "10.200.0.0/16", services: "172.20.0.0/16" }),
    }).get("a")!;
    assert.deepEqual([vpc, pods, services], ["10.200.0.0/16", "10.34.128.0/18", "172.20.0.0/16"]);
  });

  it("lays subnets into the zones that a cluster names", () => {
    const zones = ["us-west-2d", "us-west-2a", "us-west-2b"];
    const { subnets } = addressPlan(ONE, { a: cluster({ slot: 0, zones }) }).get("a")!;
    assert.deepEqual(
      subnets.map(({ zone }) => zone),
      zones,
    );
  });

  it("leaves out clusters elsewhere, and those whose ranges nobody can tell", () => {
    const plan = addressPlan(ONE, {
      "b-slot": cluster({ slot: 3 }),
      "a-elsewhere": cluster({ slot: 1, family: "in-memory-kubeadm" }),
      "no-slot": cluster({}),
      "no-pool": cluster({ slot: 0, region: "eu-west-1" }),
      "no-zones": cluster({ slot: 0, region: "us-west-1" }),
      "too-far": cluster({ slot: 16 }),
    });
    assert.deepEqual([...plan.keys()], ["b-slot"]);
  });

  it("gives no address to two clusters, nor twice to one", () => {
    fc.assert(
      fc.property(fleets, ([config, clusters]) => {
        const all = [...addressPlan(config, clusters).values()]
          .flatMap(rangesOf)
          .sort((one, other) => one.first - other.first);
        all.forEach((each, index) => assert.ok(index === 0 || !overlap(each, all[index - 1]!)));
      }),
    );
  });

  it("stays inside the slot's block, and so inside the pool of the region", () => {
    fc.assert(
      fc.property(fleets, ([config, clusters]) => {
        for (const [name, ranges] of addressPlan(config, clusters)) {
          const { region, network: own } = clusters[name]!;
          const pool = config.pools[region as "us-west-2"]!;
          const block = blockOf(pool, own!.slot!)!;
          assert.ok(contains(range(pool.range), block));
          assert.ok(rangesOf(ranges).every((each) => contains(block, each)));
          const vpc = range(ranges.vpc);
          assert.ok(vpc.prefix >= VPC_PREFIXES.min && vpc.prefix <= VPC_PREFIXES.max);
          assert.ok(
            ranges.subnets.every(({ nodes, public: open }) => [nodes, open].every((s) => contains(vpc, range(s)))),
          );
        }
      }),
    );
  });

  it("renumbers nobody when clusters come, go, or are written in another order", () => {
    fc.assert(
      fc.property(
        fleets.chain(([config, clusters]) =>
          fc.tuple(fc.constant(config), fc.constant(clusters), fc.shuffledSubarray(Object.entries(clusters))),
        ),
        ([config, clusters, some]) => {
          const [whole, part] = [addressPlan(config, clusters), addressPlan(config, Object.fromEntries(some))];
          for (const [name, ranges] of part) assert.deepEqual(ranges, whole.get(name));
          assert.deepEqual([...part.keys()], some.map(([name]) => name).sort());
        },
      ),
    );
  });

  it("renumbers nobody when a pool is extended where it stands", () => {
    const before = addressPlan(ONE, { a: cluster({ slot: 15 }) });
    const after = addressPlan(network({ "us-west-2": { ...POOL, range: "10.32.0.0/11" } }), {
      a: cluster({ slot: 15 }),
    });
    assert.deepEqual(after, before);
  });

  it("is the same for the same configuration", () => {
    fc.assert(
      fc.property(fleets, ([config, clusters]) => {
        assert.deepEqual(
          [...addressPlan(config, clusters)],
          [...addressPlan(structuredClone(config), structuredClone(clusters))],
        );
      }),
    );
  });
});

describe("a pool", () => {
  const cases: [string, number, number][] = [
    ["10.32.0.0/12", 16, 16],
    ["10.32.0.0/16", 16, 1],
    ["10.32.0.0/18", 16, 0],
    ["fd00::/48", 16, 0],
  ];
  for (const [whole, clusterSize, count] of cases) {
    it(`of ${whole} has ${count} slots of /${clusterSize}`, () => {
      assert.equal(slotCount({ range: whole, clusterSize }), count);
    });
  }

  it("has no block beyond its end", () => {
    assert.equal(blockOf(POOL, 16), undefined);
  });
});
