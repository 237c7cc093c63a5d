import assert from "node:assert/strict";

import * as fc from "fast-check";

import { type NetworkConfig } from "../../../../fleet/config/schema/network";
import { type ObservedNetwork } from "../../../../fleet/network/observed-network";
import { contains, range } from "../../../../fleet/network/ranges";
import { apiAccess, apiCallers, type Link, reachPlan } from "../../../../fleet/network/reach";
import { addressPlan } from "../../../../fleet/network/address-plan";
import { cluster, clustersIn, network, networks } from "./arbitraries";

const PEERING: NetworkConfig["reach"] = { kind: "peering", accounts: {} };
const GATEWAY: NetworkConfig["reach"] = {
  kind: "transit-gateway",
  gateways: {
    "us-west-2": { id: "tgw-0123456789abcdef0" },
    "eu-west-1": { id: "tgw-0123456789abcdef1", routeTable: "tgw-rtb-0", account: "222233334444" },
  },
  from: ["10.201.0.0/16", "10.200.0.0/16"],
  accounts: {},
};
const POOLS = { "us-west-2": { range: "10.32.0.0/12", clusterSize: 16 } };

function config(reach: NetworkConfig["reach"], clusters: Record<string, ReturnType<typeof cluster>>) {
  return { network: { ...network(POOLS), reach }, clusters };
}

function reached(clusters: Record<string, ReturnType<typeof cluster>>) {
  return Object.entries(clusters).map(([name, { region, class: family, account }]) => ({
    name,
    region,
    family,
    ...(account === undefined ? {} : { account }),
  }));
}

function observed(name: string, changes: Partial<ObservedNetwork> = {}): ObservedNetwork {
  const subnets = ["a", "b", "c"].map((letter) => ({
    zone: `us-west-2${letter}`,
    id: `subnet-${letter}`,
    routeTableId: `rtb-${letter}`,
  }));
  return { cluster: name, vpcId: `vpc-${name}`, range: "10.33.0.0/17", subnets, ...changes };
}

/** Networks as they live, where no way to them is made yet. */
function live(...networks: ObservedNetwork[]) {
  return { networks, made: [] };
}

describe("who may call the API servers of clusters", () => {
  it("is the management cluster and whom the configuration names, each once", () => {
    const reach: NetworkConfig["reach"] = { kind: "public-restricted", from: ["203.0.113.0/24", "198.51.100.7/32"] };
    assert.equal(apiAccess(reach), "public");
    assert.deepEqual(apiCallers(reach, ["203.0.113.9/32", "198.51.100.7/32"]), [
      "198.51.100.7/32",
      "203.0.113.0/24",
      "203.0.113.9/32",
    ]);
  });

  it("is the management network alone over a peering, and whoever is behind a gateway", () => {
    assert.deepEqual([apiAccess(PEERING), apiCallers(PEERING, ["10.0.0.0/16"])], ["private", ["10.0.0.0/16"]]);
    assert.deepEqual(apiCallers(GATEWAY, ["10.0.0.0/16"]), ["10.0.0.0/16", "10.200.0.0/16", "10.201.0.0/16"]);
  });
});

describe("the plan of ways to clusters", () => {
  const clusters = { a: cluster({ slot: 1 }), b: cluster({ slot: 2 }) };

  it("is none where API servers are public, and leads nowhere where nothing is on AWS", () => {
    const open: NetworkConfig["reach"] = { kind: "public-restricted", from: [] };
    assert.equal(reachPlan(config(open, clusters), reached(clusters), live(observed("a"))), undefined);
    const elsewhere = { a: cluster({ family: "in-memory-kubeadm" }) };
    const { links, destinations, notes } = reachPlan(config(GATEWAY, elsewhere), reached(elsewhere), live())!;
    assert.deepEqual([links, destinations, notes], [[], [], []]);
  });

  it("leads to every network that is there, and tells when the others follow", () => {
    assert.deepEqual(reachPlan(config(PEERING, clusters), reached(clusters), live(observed("a"))), {
      kind: "peering",
      links: [
        {
          cluster: "a",
          region: "us-west-2",
          vpcId: "vpc-a",
          range: "10.33.0.0/17",
          routeTableIds: ["rtb-a", "rtb-b", "rtb-c"],
          subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
        },
      ],
      destinations: [],
      callers: [],
      gateways: [],
      roles: [],
      notes: [
        "b: its network is not there yet, so nothing leads to its private API server. Run pulumi up again in some " +
          "minutes; that run connects it.",
      ],
    });
  });

  const halves: [string, Partial<ObservedNetwork>][] = [
    ["the VPC", { vpcId: undefined }],
    ["its range", { range: undefined }],
    ["every subnet", { subnets: [] }],
    ["a subnet's id", { subnets: [{ zone: "us-west-2a", routeTableId: "rtb-a" }] }],
    ["a route table", { subnets: [{ zone: "us-west-2a", id: "subnet-a" }, ...observed("a").subnets.slice(1)] }],
  ];
  for (const [what, changes] of halves) {
    it(`waits where the network lacks ${what}`, () => {
      const plan = reachPlan(config(PEERING, clusters), reached(clusters), live(observed("a", changes), observed("b")));
      assert.deepEqual(
        plan?.links.map(({ cluster }) => cluster),
        ["b"],
      );
      assert.equal(plan?.notes.length, 1);
    });
  }

  it("keeps a way that is there while the network is not told, or not all of it", () => {
    const plan = (networks: ObservedNetwork[], made: Link[]) =>
      reachPlan(config(PEERING, clusters), reached({ a: clusters.a }), { networks, made })!;
    const { links: made } = plan([observed("a")], []);
    for (const networks of [[], [observed("a", { subnets: [{ zone: "us-west-2a" }] })]]) {
      const { links, notes } = plan(networks, made);
      assert.deepEqual(links, made);
      assert.deepEqual(notes, [
        "a: Cluster API does not tell all of its network (vpc-a), so what leads there stays as it is. See whether its AWS " +
          "provider runs, then run pulumi up again.",
      ]);
    }
    // Another network of the same cluster takes its place as soon as it is told.
    assert.equal(plan([observed("a", { vpcId: "vpc-new" })], made).links[0]?.vpcId, "vpc-new");
  });

  it("names a route table once, and one subnet of a zone", () => {
    const subnets = [
      { zone: "us-west-2a", id: "subnet-1", routeTableId: "rtb-shared" },
      { zone: "us-west-2a", id: "subnet-2", routeTableId: "rtb-shared" },
      { zone: "us-west-2b", id: "subnet-3", routeTableId: "rtb-shared" },
    ];
    const [link] =
      reachPlan(config(PEERING, clusters), reached(clusters), live(observed("a", { subnets })))?.links ?? [];
    assert.deepEqual(link?.routeTableIds, ["rtb-shared"]);
    assert.deepEqual(link.subnetIds, ["subnet-1", "subnet-3"]);
  });

  it("leads to no cluster that this run does not declare any more", () => {
    const left = reached(clusters).filter(({ name }) => name === "b");
    const plan = reachPlan(config(PEERING, clusters), left, live(observed("a"), observed("b")));
    assert.deepEqual(
      plan?.links.map(({ cluster }) => cluster),
      ["b"],
    );
  });

  it("calls an account another one only where it is", () => {
    const far = { a: { ...cluster({ slot: 1 }), account: "444455556666" } };
    const roles = {
      "444455556666": "arn:aws:iam::444455556666:role/x",
      "111122223333": "arn:aws:iam::111122223333:role/x",
    };
    const plan = (own?: string) =>
      reachPlan(config({ ...PEERING, accounts: roles }, far), reached(far), live(observed("a")), own);
    assert.equal(plan("111122223333")?.links[0]?.accountId, "444455556666");
    assert.equal(plan("444455556666")?.links[0]?.accountId, undefined);
    assert.deepEqual(plan("111122223333")?.roles, [
      { accountId: "444455556666", roleArn: "arn:aws:iam::444455556666:role/x" },
    ]);
  });

  it("says of gateways whose they are, and which of their route tables", () => {
    const { gateways, callers, destinations } = reachPlan(
      config(GATEWAY, clusters),
      reached(clusters),
      live(),
      "111122223333",
    )!;
    assert.deepEqual(gateways, [
      { region: "eu-west-1", id: "tgw-0123456789abcdef1", routeTableId: "tgw-rtb-0", accountId: "222233334444" },
      { region: "us-west-2", id: "tgw-0123456789abcdef0" },
    ]);
    assert.deepEqual(callers, ["10.200.0.0/16", "10.201.0.0/16"]);
    assert.deepEqual(destinations, ["10.32.0.0/12"]);
  });

  it("sends the management network's traffic to every cluster through a gateway, by ranges that do not repeat", () => {
    const fleets = networks.chain((each) => fc.tuple(fc.constant(each), clustersIn(each), fc.boolean()));
    fc.assert(
      fc.property(fleets, ([each, some, explicit]) => {
        const all = explicit ? { ...some, own: cluster({ vpc: "172.16.0.0/16", services: "172.20.0.0/16" }) } : some;
        const fleet = { network: { ...each, reach: GATEWAY }, clusters: all };
        const plan = reachPlan(fleet, reached(all as Record<string, ReturnType<typeof cluster>>), live());
        const destinations = (plan?.destinations ?? []).map(range);
        for (const { vpc } of addressPlan(fleet.network, all).values()) {
          assert.equal(destinations.filter((destination) => contains(destination, range(vpc))).length, 1);
        }
      }),
    );
  });
});
