import assert from "node:assert/strict";

import { describeProblem } from "../../../../fleet/config/problems";
import { type NetworkConfig } from "../../../../fleet/config/schema/network";
import { type ManagementEnd, reachProblems } from "../../../../fleet/network/reach-problems";
import { type ObservedCluster } from "../../../../fleet/observed";
import { liveCluster } from "../fixtures";
import { cluster, network } from "./arbitraries";

const OPEN: NetworkConfig["reach"] = { kind: "public-restricted", from: [] };
const PEERING: NetworkConfig["reach"] = { kind: "peering", accounts: {} };
const GATEWAY = {
  kind: "transit-gateway" as const,
  gateways: { "us-west-2": { id: "tgw-west" } },
  from: [],
  accounts: {},
};
const END: ManagementEnd = {
  vpcId: "vpc-0",
  region: "us-west-2",
  account: "111122223333",
  routeTableIds: ["rtb-0"],
  gatewayId: "tgw-west",
};
const STACK = { kind: "stack" as const, stack: "organization/cluster-fleet/management" };
const ONE = { a: cluster({ slot: 1 }) };

function problems({
  reach = PEERING,
  clusters = ONE,
  end = END,
  observed = [],
}: {
  reach?: NetworkConfig["reach"];
  clusters?: Record<string, ReturnType<typeof cluster>>;
  end?: ManagementEnd;
  observed?: ObservedCluster[];
}): string[] {
  const config = { network: { ...network({}), reach }, clusters, management: STACK };
  return reachProblems(config, end, observed).map(describeProblem);
}

describe("ways that cannot be made as things live", () => {
  for (const reach of [OPEN, PEERING, GATEWAY]) {
    it(`are none where the management cluster offers all that ${reach.kind} needs`, () => {
      assert.deepEqual(problems({ reach }), []);
    });
  }

  it("are nobody's where no cluster is on AWS", () => {
    assert.deepEqual(problems({ clusters: { a: cluster({ family: "in-memory-kubeadm" }) }, end: {} }), []);
  });

  it("begin nowhere where the management cluster's stack does not say where it is", () => {
    const { vpcId: _, ...rest } = END;
    const message =
      "management.stack: does not say which network its management cluster has, so no private way can begin there " +
      '(got "organization/cluster-fleet/management"). Run pulumi up on it with this version of cluster-fleet.';
    for (const end of [rest, { ...END, routeTableIds: [] }, {}]) {
      assert.deepEqual(problems({ end }), [message]);
    }
  });

  it("end at the border of a partition", () => {
    assert.deepEqual(problems({ clusters: { a: cluster({ slot: 1, region: "us-gov-west-1" }) } }), [
      "clusters.a.region: is in another partition of AWS than us-west-2, and no peering leads from one to the other (got " +
        '"us-gov-west-1"). Choose a region of the same partition, or declare the cluster in a fleet with a management ' +
        "cluster there.",
    ]);
  });

  it("need a role in another account, of clusters and of gateways whose route table is named", () => {
    const clusters = { a: { ...cluster({ slot: 1 }), account: "444455556666" } };
    assert.deepEqual(problems({ clusters }), [
      "network.reach.accounts.444455556666: is missing, and the network of a is in that account, where this stack's own " +
        "rights end. Name the role that makes network routes and attachments there (docs/network.md, Other accounts).",
    ]);
    const accounts = { "444455556666": "arn:aws:iam::444455556666:role/x" };
    assert.deepEqual(problems({ clusters, reach: { ...PEERING, accounts } }), []);
    assert.deepEqual(problems({ clusters, end: { ...END, account: "444455556666" } }), []);
    const gateways = { "us-west-2": { id: "tgw-west", routeTable: "tgw-rtb-0", account: "444455556666" } };
    assert.deepEqual(problems({ reach: { ...GATEWAY, gateways } }), [
      "network.reach.accounts.444455556666: is missing, and the gateway's route table of us-west-2 is in that account. " +
        "Name the role that makes associations there, or remove routeTable (docs/network.md, Other accounts).",
    ]);
    assert.deepEqual(problems({ reach: { ...GATEWAY, gateways, accounts } }), []);
  });

  it("are too many for one VPC beyond 125 peerings", () => {
    const clusters = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, slot) => [`c${slot}`, cluster({ slot })]));
    assert.deepEqual(problems({ clusters: clusters(125) }), []);
    assert.deepEqual(problems({ clusters: clusters(126) }), [
      'network.reach.kind: peers 126 networks with the management VPC, and AWS allows 125 at most (got "peering"). ' +
        "Write transit-gateway.",
    ]);
  });

  it("need the gateway that the management network is attached to", () => {
    assert.deepEqual(problems({ reach: GATEWAY, end: { ...END, gatewayId: undefined } as ManagementEnd }), [
      "network.reach.gateways.us-west-2.id: is not the gateway that the management network is attached to (none) (got " +
        '"tgw-west"). Write the same network.reach in stack organization/cluster-fleet/management, which makes that ' +
        "attachment, and run pulumi up there.",
    ]);
    assert.deepEqual(problems({ reach: GATEWAY, end: { ...END, region: "us-east-1" } }), [
      "network.reach.gateways.us-east-1: is missing, so no way leads from the management cluster to any private API " +
        "server. Add the gateway of the management cluster's region, peered with the others.",
    ]);
  });

  it("are missing from agents to a Rancher without an address on the internet", () => {
    const end = { ...END, rancherInternal: true };
    assert.deepEqual(problems({ reach: OPEN, end }), [
      "network.reach.kind: leaves the agents of Rancher without a way to it: its load balancer has no address on the " +
        'internet (got "public-restricted"). Write peering or transit-gateway, or set rancher.ingress.internal to false ' +
        "in the management cluster's stack.",
    ]);
    assert.deepEqual(problems({ end }), []);
  });

  it("cannot become others under a living kubeadm cluster, whose load balancer is made for one of them", () => {
    const live = (scheme: string) =>
      liveCluster({ name: "a", declared: { ...liveCluster().declared, variables: { api: { scheme, ranges: [] } } } });
    const clusters = { a: cluster({ slot: 1, family: "aws-kubeadm" }) };
    assert.deepEqual(problems({ clusters, observed: [live("internal")] }), []);
    assert.deepEqual(problems({ clusters, observed: [live("internet-facing")] }), [
      "network.reach.kind: cannot change for a: the load balancer of a kubeadm cluster's API server stays internet-facing " +
        '(got "peering"). Take the change back, or replace these clusters by new ones.',
    ]);
    assert.equal(problems({ clusters, reach: OPEN, observed: [live("internal")] }).length, 1);
  });
});
