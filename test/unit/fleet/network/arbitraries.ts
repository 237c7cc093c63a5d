import * as fc from "fast-check";

import { type ClusterConfig, type TopologyClusterConfig } from "../../../../fleet/config/config";
import { type AddressPool, type NetworkConfig } from "../../../../fleet/config/schema/network";
import { slotCount } from "../../../../fleet/network/address-plan";
import { cidr, part, range } from "../../../../fleet/network/ranges";

export const REGIONS = ["us-west-2", "eu-west-1", "ap-northeast-1"] as const;

/** Pools of three regions that share no address: each in a third of 10.0.0.0/8, of any size and for any cluster size. */
export const networks: fc.Arbitrary<NetworkConfig> = fc
  .tuple(...REGIONS.map((_, index) => pools(index)))
  .map((pools) => network(Object.fromEntries(pools.map((pool, index) => [REGIONS[index], pool]))));

function pools(index: number): fc.Arbitrary<AddressPool> {
  return fc
    .record({ clusterSize: fc.integer({ min: 13, max: 19 }), bits: fc.nat(4), place: fc.nat(63) })
    .map(({ clusterSize, bits, place }) => {
      const prefix = Math.max(10, clusterSize - bits);
      const quarter = part(range("10.0.0.0/8"), 10, index);
      return { range: cidr(part(quarter, prefix, place % 2 ** (prefix - 10))), clusterSize };
    });
}

export function network(pools: NetworkConfig["pools"]): NetworkConfig {
  return { pools, reserved: {}, neighbours: [], reach: { kind: "public-restricted", from: [] } };
}

/** Clusters that take different slots of their regions' pools, in any order. */
export function clustersIn({ pools }: NetworkConfig): fc.Arbitrary<Record<string, ClusterConfig>> {
  const places = REGIONS.flatMap((region) =>
    Array.from({ length: Math.min(12, slotCount(pools[region]!)) }, (_, slot) => ({ region, slot })),
  );
  return fc
    .shuffledSubarray(places)
    .chain((chosen) => fc.tuple(fc.constant(chosen), fc.array(fc.nat(1), { minLength: 40, maxLength: 40 })))
    .map(([chosen, kinds]) =>
      Object.fromEntries(
        chosen.map(({ region, slot }, index) => [
          `c-${index}-${region}-${slot}`,
          cluster({ region, slot, family: kinds[index] === 0 ? "aws-eks" : "aws-kubeadm" }),
        ]),
      ),
    );
}

export function cluster({
  family = "aws-eks",
  region = "us-west-2",
  ...network
}: {
  family?: TopologyClusterConfig["class"];
  region?: string;
  slot?: number;
  vpc?: string;
  pods?: string;
  services?: string;
  zones?: string[];
}): TopologyClusterConfig {
  return {
    via: "cluster-api",
    class: family,
    version: "v1.35.2",
    region,
    network,
    workers: {},
    labels: {},
    annotations: {},
    paused: false,
    adopt: false,
    waivers: {},
  };
}
