import assert from "node:assert/strict";

import * as fc from "fast-check";
import * as ipaddr from "ipaddr.js";

import { subnetPlan, VPC_PREFIXES, type ZoneSubnets } from "../../../../fleet/network/subnets";

const ZONES = ["us-west-2a", "us-west-2b", "us-west-2c"];
const plan = (range: string) => subnetPlan(range, ZONES);
const ranges = (subnets: readonly ZoneSubnets[]) =>
  subnets.flatMap((zone) => [zone.nodes, zone.public, zone.controlPlane]);

/** First and last address of a range, as numbers. */
function bounds(range: string): { first: number; last: number } {
  const number = (address: ipaddr.IPv4) => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return {
    first: number(ipaddr.IPv4.networkAddressFromCIDR(range)),
    last: number(ipaddr.IPv4.broadcastAddressFromCIDR(range)),
  };
}

const vpcRange = fc
  .record({
    prefix: fc.integer(VPC_PREFIXES),
    octets: fc.tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255)),
  })
  .map(({ prefix, octets }) => `${ipaddr.IPv4.networkAddressFromCIDR(`${octets.join(".")}.0/${prefix}`)}/${prefix}`);

describe("subnets of a management cluster's VPC", () => {
  it("of /16 are these", () => {
    assert.deepEqual(plan("10.0.0.0/16"), [
      { zone: "us-west-2a", nodes: "10.0.0.0/18", public: "10.0.192.0/22", controlPlane: "10.0.224.0/26" },
      { zone: "us-west-2b", nodes: "10.0.64.0/18", public: "10.0.196.0/22", controlPlane: "10.0.224.64/26" },
      { zone: "us-west-2c", nodes: "10.0.128.0/18", public: "10.0.200.0/22", controlPlane: "10.0.224.128/26" },
    ]);
  });

  it("of /20 are these", () => {
    assert.deepEqual(plan("172.31.240.0/20"), [
      { zone: "us-west-2a", nodes: "172.31.240.0/22", public: "172.31.252.0/26", controlPlane: "172.31.254.0/28" },
      { zone: "us-west-2b", nodes: "172.31.244.0/22", public: "172.31.252.64/26", controlPlane: "172.31.254.16/28" },
      { zone: "us-west-2c", nodes: "172.31.248.0/22", public: "172.31.252.128/26", controlPlane: "172.31.254.32/28" },
    ]);
  });

  it("begin where their own prefix lets them, as AWS demands", () => {
    fc.assert(
      fc.property(vpcRange, (range) => {
        for (const subnet of ranges(plan(range))) {
          const [address] = ipaddr.IPv4.parseCIDR(subnet);
          assert.equal(ipaddr.IPv4.networkAddressFromCIDR(subnet).toString(), address.toString());
        }
      }),
    );
  });

  it("lie inside the VPC and overlap nowhere", () => {
    fc.assert(
      fc.property(vpcRange, (range) => {
        const vpc = bounds(range);
        const subnets = ranges(plan(range))
          .map(bounds)
          .sort((a, b) => a.first - b.first);
        assert.equal(subnets.length, 9);
        subnets.forEach(({ first, last }, index) => {
          assert.ok(first >= vpc.first && last <= vpc.last, "outside");
          assert.ok(index === 0 || first > subnets[index - 1]!.last, "overlap");
        });
      }),
    );
  });

  it("leave EKS the addresses that an upgrade of the control plane takes, and are no smaller than AWS allows", () => {
    fc.assert(
      fc.property(vpcRange, (range) => {
        for (const { controlPlane } of plan(range)) {
          const { first, last } = bounds(controlPlane);
          // Five of each subnet are AWS' own, five an upgrade takes.
          assert.ok(last - first + 1 >= 16);
        }
      }),
    );
  });

  it("of a zone stay when a later zone is another one", () => {
    fc.assert(
      fc.property(vpcRange, (range) => {
        const before = plan(range);
        const after = subnetPlan(range, [...ZONES.slice(0, 2), "us-west-2d"]);
        assert.deepEqual(after.slice(0, 2), before.slice(0, 2));
        assert.deepEqual({ ...after[2], zone: "us-west-2c" }, before[2]);
      }),
    );
  });
});
