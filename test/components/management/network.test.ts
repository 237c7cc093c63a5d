import assert from "node:assert/strict";

import { register, type Registered } from "./registered";

const ZONES = ["a", "b", "c"];
const VPC = "fleet-cluster-network-id";

describe("ManagementNetwork", () => {
  let fleet: Registered;
  const inputs = (type: string, role: string) => fleet.inputs(type, `network${role}`);
  const kinds = (from: Registered) => from.kinds.filter((kind) => / network/.test(kind));

  before(async () => {
    fleet = await register();
  });

  it("registers exactly these resources", () => {
    assert.deepEqual(
      kinds(fleet),
      [
        "ManagementNetwork network",
        "Vpc network",
        "InternetGateway network-internet",
        "RouteTable network-public",
        "Route network-public-internet",
        ...ZONES.flatMap((zone) => [
          ...["public", "nodes", "control-plane"].flatMap((part) => [
            `Subnet network-${part}-${zone}`,
            `RouteTableAssociation network-${part}-${zone}`,
          ]),
          `Eip network-nat-${zone}`,
          `NatGateway network-nat-${zone}`,
          `RouteTable network-nodes-${zone}`,
          `Route network-${zone}-nat`,
        ]),
        "VpcEndpoint network-s3",
        "LogGroup network-flow-logs",
        "Role network-flow-logs",
        "RolePolicy network-flow-logs",
        "FlowLog network-flow-logs",
      ].sort(),
    );
  });

  it("is a VPC in which names resolve", () => {
    assert.deepEqual(inputs("Vpc", ""), {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "fleet" },
    });
  });

  it("has for each zone a subnet for load balancers, one for nodes, one for the control plane, none with public addresses", () => {
    const subnet = (part: string, cidrBlock: string, tags: object = {}) => {
      assert.deepEqual(inputs("Subnet", `-${part}-b`), {
        vpcId: VPC,
        availabilityZone: "us-west-2b",
        cidrBlock,
        mapPublicIpOnLaunch: false,
        tags: { Name: `fleet-${part}-b`, ...tags },
      });
    };
    subnet("public", "10.0.196.0/22", { "kubernetes.io/role/elb": "1" });
    subnet("nodes", "10.0.64.0/18", { "kubernetes.io/role/internal-elb": "1" });
    subnet("control-plane", "10.0.224.64/26");
  });

  it("leads each zone's nodes to the internet through the zone's own gateway", () => {
    for (const zone of ZONES) {
      const table = `fleet-cluster-network-nodes-${zone}-id`;
      assert.deepEqual(inputs("Route", `-${zone}-nat`), {
        routeTableId: table,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: `fleet-cluster-network-nat-${zone}-id`,
      });
      assert.equal(inputs("RouteTableAssociation", `-nodes-${zone}`)["routeTableId"], table);
      assert.equal(inputs("RouteTableAssociation", `-control-plane-${zone}`)["routeTableId"], table);
      assert.equal(inputs("NatGateway", `-nat-${zone}`)["subnetId"], `fleet-cluster-network-public-${zone}-id`);
    }
  });

  it("makes a gateway once its own subnet leads to the internet, and takes it down before", () => {
    for (const zone of ZONES) {
      const nat = ["NatGateway", `network-nat-${zone}`] as const;
      assert.ok(fleet.isAfter(nat, ["Route", "network-public-internet"]));
      assert.ok(fleet.isAfter(nat, ["RouteTableAssociation", `network-public-${zone}`]));
    }
  });

  it("leads to S3 past the gateways, which bill by the byte", () => {
    assert.deepEqual(inputs("VpcEndpoint", "-s3"), {
      vpcId: VPC,
      serviceName: "com.amazonaws.us-west-2.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ZONES.map((zone) => `fleet-cluster-network-nodes-${zone}-id`),
    });
  });

  it("writes who talks to whom into an encrypted log that is kept 90 days", () => {
    assert.deepEqual(inputs("LogGroup", "-flow-logs"), {
      name: "/aws/vpc/fleet/flow-logs",
      retentionInDays: 90,
      kmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/1",
    });
    assert.deepEqual(inputs("FlowLog", "-flow-logs"), {
      vpcId: VPC,
      trafficType: "ALL",
      logDestination: "arn:aws:logs:us-west-2:111122223333:log-group:/aws/vpc/fleet/flow-logs",
      iamRoleArn: "arn:aws:iam::111122223333:role/fleet-flow-logs",
    });
  });
});

describe("ManagementNetwork of other settings", () => {
  it("has one gateway in all, in the first zone, where the stack file asks for one", async () => {
    const fleet = await register({ network: { natGateways: "one" } });
    assert.deepEqual(
      fleet.kinds.filter((kind) => /^(Eip|NatGateway)/.test(kind)),
      ["Eip network-nat-a", "NatGateway network-nat-a"],
    );
    for (const zone of ZONES) {
      assert.equal(fleet.inputs("Route", `network-${zone}-nat`)["natGatewayId"], "fleet-cluster-network-nat-a-id");
    }
  });

  it("has private endpoints that the VPC alone reaches, by HTTPS, where the stack file asks for them", async () => {
    const fleet = await register({ network: { range: "10.8.0.0/20", interfaceEndpoints: true } });
    const services = [
      "autoscaling",
      "ec2",
      "ecr-api",
      "ecr-dkr",
      "eks",
      "eks-auth",
      "elasticloadbalancing",
      "logs",
      "sts",
    ];
    assert.deepEqual(
      fleet.kinds.filter((kind) => kind.startsWith("VpcEndpoint")),
      [...services, "s3"].sort().map((service) => `VpcEndpoint network-${service}`),
    );
    assert.deepEqual(fleet.inputs("SecurityGroup", "network-endpoints"), {
      vpcId: VPC,
      description: "HTTPS from the VPC to the endpoints of AWS services",
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.8.0.0/20"] }],
      tags: { Name: "fleet-endpoints" },
    });
    assert.deepEqual(fleet.inputs("VpcEndpoint", "network-ecr-api"), {
      vpcId: VPC,
      serviceName: "com.amazonaws.us-west-2.ecr.api",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: ZONES.map((zone) => `fleet-cluster-network-nodes-${zone}-id`),
      securityGroupIds: ["fleet-cluster-network-endpoints-id"],
    });
  });
});
