import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { type ReachArgs } from "../../../components/reach/reach";
import { inputs, kinds, recordOptions, type Recorded, waitsFor } from "../cluster-api/fixtures";
import { recordRegistrations, valueOf } from "../recorder";

const LINK = {
  cluster: "prod-a",
  region: "us-east-1",
  vpcId: "vpc-a",
  range: "10.33.0.0/17",
  routeTableIds: ["rtb-a", "rtb-b"],
  subnetIds: ["subnet-a", "subnet-b"],
};
const FAR = { ...LINK, cluster: "prod-far", accountId: "444455556666", vpcId: "vpc-far", range: "10.34.0.0/17" };
const ARGS: ReachArgs = {
  kind: "peering",
  managementName: "fleet",
  managementVpcId: "vpc-management",
  managementRange: "10.0.0.0/16",
  managementRegion: "us-west-2",
  managementRouteTableIds: ["rtb-0", "rtb-1"],
  links: [LINK],
  destinations: [],
  callers: [],
  gateways: [],
  roles: [],
};
const GATEWAYS = [
  { region: "us-east-1", id: "tgw-east" },
  { region: "us-west-2", id: "tgw-west" },
];
const ATTACHED: Partial<ReachArgs> = {
  kind: "transit-gateway",
  gateways: GATEWAYS,
  destinations: ["10.32.0.0/12"],
  callers: ["10.200.0.0/16"],
};
const ROLES = [
  { accountId: "222233334444", roleArn: "arn:aws:iam::222233334444:role/fleet-network" },
  { accountId: "444455556666", roleArn: "arn:aws:iam::444455556666:role/fleet-network" },
];

const registrations = recordRegistrations();

async function register(changes: Partial<ReachArgs> = {}): Promise<Recorded> {
  const { Reach } = await import("../../../components/reach/reach");
  registrations.length = 0;
  const { options, opts } = recordOptions();
  const cluster = new pulumi.ComponentResource("test:index:Cluster", "prod-a");
  const clusters = new Map([[LINK.cluster, cluster]]);
  const reach = new Reach("reach", { ...ARGS, ...changes }, { ...opts, clusters });
  await valueOf(reach.urn);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { registrations: registrations.filter(({ type }) => !type.startsWith("test:")), options };
}

/** The account that each resource is made with, where that is not the management cluster's. */
function elsewhere({ options }: Recorded): Record<string, string> {
  const names = [...options].flatMap(([resource, { provider }]) =>
    provider === undefined ? [] : [[resource, (provider as unknown as { __name: string }).__name] as const],
  );
  return Object.fromEntries(names.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("Reach by peering", () => {
  it("registers for a cluster exactly these resources", async () => {
    assert.deepEqual(kinds(await register()), [
      "PeeredNetwork reach-prod-a",
      "Reach reach",
      "Route reach-0-10.33.0.0-17",
      "Route reach-1-10.33.0.0-17",
      "Route reach-prod-a-rtb-a-10.0.0.0-16",
      "Route reach-prod-a-rtb-b-10.0.0.0-16",
      "VpcPeeringConnection reach-prod-a-connection",
      "VpcPeeringConnectionAccepter reach-prod-a-acceptance",
    ]);
  });

  it("peers across regions, and accepts at the cluster's end", async () => {
    const recorded = await register();
    assert.deepEqual(inputs(recorded, "VpcPeeringConnection reach-prod-a-connection"), {
      vpcId: "vpc-management",
      region: "us-west-2",
      peerVpcId: "vpc-a",
      peerRegion: "us-east-1",
      tags: { Name: "fleet prod-a" },
    });
    assert.deepEqual(inputs(recorded, "VpcPeeringConnectionAccepter reach-prod-a-acceptance"), {
      vpcPeeringConnectionId: "reach-prod-a-connection-id",
      region: "us-east-1",
      autoAccept: true,
      tags: { Name: "fleet prod-a" },
    });
  });

  it("leads each way by every route table, once the other end has accepted", async () => {
    const recorded = await register();
    assert.deepEqual(inputs(recorded, "Route reach-1-10.33.0.0-17"), {
      routeTableId: "rtb-1",
      region: "us-west-2",
      destinationCidrBlock: "10.33.0.0/17",
      vpcPeeringConnectionId: "reach-prod-a-connection-id",
    });
    assert.deepEqual(inputs(recorded, "Route reach-prod-a-rtb-b-10.0.0.0-16"), {
      routeTableId: "rtb-b",
      region: "us-east-1",
      destinationCidrBlock: "10.0.0.0/16",
      vpcPeeringConnectionId: "reach-prod-a-connection-id",
    });
  });

  it("goes before the cluster, whose network it holds on to", async () => {
    assert.deepEqual(await waitsFor(await register(), "VpcPeeringConnection reach-prod-a-connection"), [
      "Cluster prod-a",
    ]);
  });

  it("makes the other end with a role of the cluster's account, and only that end", async () => {
    const recorded = await register({ links: [FAR], roles: ROLES, rancherZoneId: "Z1" });
    assert.deepEqual(elsewhere(recorded), {
      "Route reach-prod-far-rtb-a-10.0.0.0-16": "reach-account-444455556666",
      "Route reach-prod-far-rtb-b-10.0.0.0-16": "reach-account-444455556666",
      "VpcPeeringConnectionAccepter reach-prod-far-acceptance": "reach-account-444455556666",
      "ZoneAssociation reach-prod-far-zone": "reach-account-444455556666",
    });
    const { peerOwnerId } = inputs(recorded, "VpcPeeringConnection reach-prod-far-connection");
    assert.equal(peerOwnerId, "444455556666");
    assert.deepEqual(JSON.parse(String(inputs(recorded, "aws reach-account-444455556666")["assumeRoles"])), [
      { roleArn: ROLES[1]!.roleArn, sessionName: "cluster-fleet" },
    ]);
    // Nothing is made in the other account, so nobody takes its role.
    assert.ok(!kinds(recorded).includes("aws reach-account-222233334444"));
  });

  it("shows the zone of Rancher's name to the network, with leave where that is in another account", async () => {
    const own = await register({ rancherZoneId: "Z1" });
    const zone = { zoneId: "Z1", vpcId: "vpc-a", vpcRegion: "us-east-1" };
    assert.deepEqual(inputs(own, "ZoneAssociation reach-prod-a-zone"), zone);
    assert.ok(!kinds(own).some((kind) => kind.startsWith("VpcAssociationAuthorization")));
    assert.deepEqual(await waitsFor(own, "ZoneAssociation reach-prod-a-zone"), ["Cluster prod-a"]);
    const far = await register({ links: [FAR], roles: ROLES, rancherZoneId: "Z1" });
    assert.deepEqual(inputs(far, "VpcAssociationAuthorization reach-prod-far-zone-authorization"), {
      ...zone,
      vpcId: "vpc-far",
    });
  });
});

describe("Reach by transit gateway", () => {
  it("registers for a cluster exactly these resources, and one route for each pool at home", async () => {
    assert.deepEqual(kinds(await register(ATTACHED)), [
      "AttachedNetwork reach-prod-a",
      "Reach reach",
      "Route reach-0-10.32.0.0-12",
      "Route reach-1-10.32.0.0-12",
      "Route reach-prod-a-rtb-a-10.0.0.0-16",
      "Route reach-prod-a-rtb-a-10.200.0.0-16",
      "Route reach-prod-a-rtb-b-10.0.0.0-16",
      "Route reach-prod-a-rtb-b-10.200.0.0-16",
      "VpcAttachment reach-prod-a-attachment",
    ]);
  });

  it("attaches the network to the gateway of its region, in each zone", async () => {
    const recorded = await register(ATTACHED);
    assert.deepEqual(inputs(recorded, "VpcAttachment reach-prod-a-attachment"), {
      transitGatewayId: "tgw-east",
      vpcId: "vpc-a",
      subnetIds: ["subnet-a", "subnet-b"],
      region: "us-east-1",
      dnsSupport: "enable",
      tags: { Name: "fleet prod-a" },
    });
    assert.deepEqual(await waitsFor(recorded, "VpcAttachment reach-prod-a-attachment"), ["Cluster prod-a"]);
  });

  it("leads to the management network and to callers behind the gateway, and home to the pools", async () => {
    const recorded = await register(ATTACHED);
    assert.deepEqual(inputs(recorded, "Route reach-prod-a-rtb-b-10.200.0.0-16"), {
      routeTableId: "rtb-b",
      region: "us-east-1",
      destinationCidrBlock: "10.200.0.0/16",
      transitGatewayId: "tgw-east",
    });
    assert.deepEqual(inputs(recorded, "Route reach-1-10.32.0.0-12"), {
      routeTableId: "rtb-1",
      region: "us-west-2",
      destinationCidrBlock: "10.32.0.0/12",
      transitGatewayId: "tgw-west",
    });
  });

  it("puts the network into a route table of the gateway, as the gateway's owner", async () => {
    const gateways = [{ ...GATEWAYS[0]!, routeTableId: "tgw-rtb-east", accountId: "222233334444" }];
    const recorded = await register({ ...ATTACHED, gateways, links: [FAR], roles: ROLES });
    const membership = {
      transitGatewayAttachmentId: "reach-prod-far-attachment-id",
      transitGatewayRouteTableId: "tgw-rtb-east",
      region: "us-east-1",
    };
    assert.deepEqual(inputs(recorded, "RouteTableAssociation reach-prod-far-association"), {
      ...membership,
      replaceExistingAssociation: true,
    });
    assert.deepEqual(inputs(recorded, "RouteTablePropagation reach-prod-far-propagation"), membership);
    assert.deepEqual(
      Object.entries(elsewhere(recorded)).map(
        ([resource, account]) => `${resource.split(" ")[0]} ${account.slice(-4)}`,
      ),
      [
        "Route 6666",
        "Route 6666",
        "Route 6666",
        "Route 6666",
        "RouteTableAssociation 4444",
        "RouteTablePropagation 4444",
        "VpcAttachment 6666",
      ],
    );
  });

  it("leaves the gateway's own route tables out of it where another one is named, in one account", async () => {
    const gateways = [{ ...GATEWAYS[0]!, routeTableId: "tgw-rtb-east" }];
    const recorded = await register({ ...ATTACHED, gateways });
    const {
      transitGatewayDefaultRouteTableAssociation: associated,
      transitGatewayDefaultRouteTablePropagation: known,
    } = inputs(recorded, "VpcAttachment reach-prod-a-attachment");
    assert.deepEqual([associated, known], [false, false]);
    assert.deepEqual(inputs(recorded, "RouteTableAssociation reach-prod-a-association"), {
      transitGatewayAttachmentId: "reach-prod-a-attachment-id",
      transitGatewayRouteTableId: "tgw-rtb-east",
      region: "us-east-1",
    });
  });

  it("attaches the management network too where its own stack says so", async () => {
    const recorded = await register({ ...ATTACHED, links: [], managementSubnetIds: ["subnet-0", "subnet-1"] });
    assert.deepEqual(kinds(recorded), [
      "AttachedNetwork reach-management",
      "Reach reach",
      "Route reach-0-10.32.0.0-12",
      "Route reach-1-10.32.0.0-12",
      "VpcAttachment reach-management-attachment",
    ]);
    const { transitGatewayId, vpcId, subnetIds } = inputs(recorded, "VpcAttachment reach-management-attachment");
    assert.deepEqual([transitGatewayId, vpcId, subnetIds], ["tgw-west", "vpc-management", ["subnet-0", "subnet-1"]]);
  });

  it("makes nothing at home where no gateway is named there", async () => {
    const recorded = await register({ ...ATTACHED, gateways: [GATEWAYS[0]!] });
    assert.ok(!kinds(recorded).some((kind) => kind.startsWith("Route reach-0")));
  });

  it("has the same routes and zone as a peering has, so that AWS never sees a second one to a place", async () => {
    const alike = async (changes: Partial<ReachArgs>) => {
      const { registrations: all } = await register({ ...changes, rancherZoneId: "Z1" });
      const names = all.filter(({ type }) => /:Route$|:ZoneAssociation$/.test(type)).map(({ name }) => name);
      return names.filter((name) => name.startsWith("reach-prod-a-") && !name.endsWith("10.200.0.0-16")).sort();
    };
    const names = ["reach-prod-a-rtb-a-10.0.0.0-16", "reach-prod-a-rtb-b-10.0.0.0-16", "reach-prod-a-zone"];
    assert.deepEqual([await alike({}), await alike(ATTACHED)], [names, names]);
  });

  it("attaches the clusters' networks where somebody else attaches the management cluster's", async () => {
    const { managementVpcId: _, managementRegion: __, ...args } = ARGS;
    registrations.length = 0;
    const { Reach } = await import("../../../components/reach/reach");
    const reach = new Reach("reach", { ...args, ...ATTACHED, managementRouteTableIds: [], links: [FAR], roles: ROLES });
    await valueOf(reach.urn);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const found = Object.fromEntries(registrations.map(({ name, inputs: given }) => [name, given]));
    assert.equal(found["reach-prod-far-attachment"]?.["transitGatewayId"], "tgw-east");
    assert.equal(found["reach-account-444455556666"]?.["region"], "us-east-1");
    assert.ok(!Object.keys(found).some((name) => /^reach-\d/.test(name)));
  });

  it("refuses a peering where nobody knows the management VPC", async () => {
    const { Reach } = await import("../../../components/reach/reach");
    const { managementVpcId: _, ...args } = ARGS;
    assert.throws(() => new Reach("reach", args), {
      message: "managementVpcId: is missing, and prod-a is to be peered with it. Set it.",
    });
  });

  it("refuses a cluster in a region without a gateway", async () => {
    const { Reach } = await import("../../../components/reach/reach");
    assert.throws(() => new Reach("reach", { ...ARGS, ...ATTACHED, gateways: [GATEWAYS[1]!] }), {
      message: "gateways: lacks the transit gateway of us-east-1, which prod-a is to be attached to. Add it.",
    });
  });
});
