import { LogGroup } from "@pulumi/aws/cloudwatch";
import {
  Eip,
  FlowLog,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
} from "@pulumi/aws/ec2";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { trustedService } from "../../fleet/aws/policy-document";
import { flowLogPolicy } from "../../fleet/management/iam/flow-logs";
import { typeToken } from "../type-token";

/** The subnets of one availability zone. */
export interface ZoneSubnetsArgs {
  /** Availability zone, e.g. `us-west-2a`; plain. */
  zone: string;
  /** Range for nodes and pods; plain. */
  nodes: string;
  /** Range for load balancers and the NAT gateway; plain. */
  public: string;
  /** Range for the network interfaces of the control plane; plain. */
  controlPlane: string;
}

export interface ManagementNetworkArgs {
  /** Name of the management cluster, in names and tags; plain. */
  clusterName: string;
  /** Region; plain. */
  region: string;
  /** Range of the VPC. A change replaces everything. */
  vpcRange: pulumi.Input<string>;
  /** The zones and their subnets; plain. */
  zones: ZoneSubnetsArgs[];
  /** A NAT gateway for each zone instead of one in the first zone: nodes keep the internet when a zone fails; plain. */
  natGatewayPerZone: boolean;
  /** Private endpoints for the AWS services that nodes call; billed for each zone and service; plain. */
  interfaceEndpoints: boolean;
  /** Name of the log group for flow logs. */
  flowLogGroup: pulumi.Input<string>;
  /** Days for which flow logs are kept. */
  flowLogDays: pulumi.Input<number>;
  /** Key that encrypts them. */
  kmsKeyArn: pulumi.Input<string>;
}

/** The route table that leads to the internet, and the route by which it does. */
interface Internet {
  readonly table: RouteTable;
  readonly route: Route;
}

/** The AWS services that nodes, add-ons and Cluster API's AWS provider call. */
const INTERFACE_SERVICES = [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "logs",
  "sts",
];

/**
 * The VPC of a management cluster over three zones: nodes in private subnets, load balancers in public ones, the control
 * plane's interfaces in small ones of their own; flow logs; a gateway endpoint for S3, through which images come.
 *
 * @example
 * new ManagementNetwork("fleet-network", { clusterName: "fleet", region: "us-west-2", vpcRange: "10.0.0.0/16", zones, ... });
 */
export class ManagementNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Of the nodes, in order of zones. */
  readonly nodeSubnetIds: pulumi.Output<string>[];
  readonly controlPlaneSubnetIds: pulumi.Output<string>[];
  /** Of the nodes' subnets, in order of zones: private ways to workload clusters begin there. */
  readonly nodeRouteTableIds: pulumi.Output<string>[];
  /** Addresses from which nodes reach the internet. */
  readonly natAddresses: pulumi.Output<string>[];

  constructor(name: string, args: ManagementNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ManagementNetwork"), name, args, opts);

    const vpc = new Vpc(
      name,
      {
        cidrBlock: args.vpcRange,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: { Name: args.clusterName },
      },
      { parent: this },
    );
    const internet = this.createInternet(name, args, vpc);
    const zones = args.zones.map((zone, index) => this.createZone(name, args, vpc, internet, zone, index));
    const gateways = zones.flatMap(({ gateway }) => gateway ?? []);
    const routes = zones.map(({ nodeTable, role }, index) => {
      const gateway = args.natGatewayPerZone ? gateways[index] : gateways[0];
      return new Route(
        `${name}-${role}-nat`,
        { routeTableId: nodeTable.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway?.nat.id },
        { parent: this },
      );
    });
    this.createEndpoints(
      name,
      args,
      vpc,
      zones.map(({ nodeTable }) => nodeTable.id),
      zones.map(({ nodes }) => nodes.subnet.id),
    );
    this.createFlowLogs(name, args, vpc);

    this.vpcId = vpc.id;
    // Nodes come after their way to the internet, and go before it: controllers on them take down what they made in AWS.
    this.nodeSubnetIds = zones.map(({ nodes }, index) =>
      pulumi.all([nodes.subnet.id, nodes.association.id, routes[index]?.id]).apply(([id]) => id),
    );
    this.nodeRouteTableIds = zones.map(({ nodeTable }) => nodeTable.id);
    this.controlPlaneSubnetIds = zones.map(({ controlPlane }) => controlPlane.subnet.id);
    this.natAddresses = gateways.map(({ address }) => address.publicIp);
    this.registerOutputs({ vpcId: this.vpcId, natAddresses: this.natAddresses });
  }

  private createInternet(name: string, { clusterName }: ManagementNetworkArgs, vpc: Vpc): Internet {
    const gateway = new InternetGateway(
      `${name}-internet`,
      { vpcId: vpc.id, tags: { Name: clusterName } },
      { parent: this },
    );
    const table = new RouteTable(
      `${name}-public`,
      { vpcId: vpc.id, tags: { Name: `${clusterName}-public` } },
      { parent: this },
    );
    const route = new Route(
      `${name}-public-internet`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      { parent: this },
    );
    return { table, route };
  }

  private createZone(
    name: string,
    args: ManagementNetworkArgs,
    vpc: Vpc,
    internet: Internet,
    zone: ZoneSubnetsArgs,
    index: number,
  ) {
    // The zone's letter: a name that stays when the order of zones changes.
    const role = zone.zone.slice(-1);
    const subnet = (part: string, range: string, tags: Record<string, string>, routes: RouteTable) => {
      const created = new Subnet(
        `${name}-${part}-${role}`,
        {
          vpcId: vpc.id,
          availabilityZone: zone.zone,
          cidrBlock: range,
          mapPublicIpOnLaunch: false,
          tags: { Name: `${args.clusterName}-${part}-${role}`, ...tags },
        },
        { parent: this },
      );
      const association = new RouteTableAssociation(
        `${name}-${part}-${role}`,
        { subnetId: created.id, routeTableId: routes.id },
        { parent: this },
      );
      return { subnet: created, association };
    };
    const nodeTable = new RouteTable(
      `${name}-nodes-${role}`,
      { vpcId: vpc.id, tags: { Name: `${args.clusterName}-nodes-${role}` } },
      { parent: this },
    );
    const open = subnet("public", zone.public, { "kubernetes.io/role/elb": "1" }, internet.table);
    const nodes = subnet("nodes", zone.nodes, { "kubernetes.io/role/internal-elb": "1" }, nodeTable);
    const controlPlane = subnet("control-plane", zone.controlPlane, {}, nodeTable);
    const gateway =
      args.natGatewayPerZone || index === 0
        ? this.createNat(name, args, role, open.subnet, [internet.route, open.association])
        : undefined;
    return { role, nodes, controlPlane, nodeTable, gateway };
  }

  private createNat(
    name: string,
    args: ManagementNetworkArgs,
    role: string,
    open: Subnet,
    wayOut: readonly pulumi.Resource[],
  ) {
    const tags = { Name: `${args.clusterName}-nat-${role}` };
    const address = new Eip(`${name}-nat-${role}`, { domain: "vpc", tags }, { parent: this });
    const nat = new NatGateway(
      `${name}-nat-${role}`,
      { subnetId: open.id, allocationId: address.id, tags },
      { parent: this, dependsOn: [...wayOut] },
    );
    return { address, nat };
  }

  private createEndpoints(
    name: string,
    args: ManagementNetworkArgs,
    vpc: Vpc,
    routeTableIds: pulumi.Output<string>[],
    subnetIds: pulumi.Output<string>[],
  ): void {
    const service = (short: string) => `com.amazonaws.${args.region}.${short}`;
    new VpcEndpoint(
      `${name}-s3`,
      { vpcId: vpc.id, serviceName: service("s3"), vpcEndpointType: "Gateway", routeTableIds },
      { parent: this },
    );
    if (!args.interfaceEndpoints) return;
    const group = new SecurityGroup(
      `${name}-endpoints`,
      {
        vpcId: vpc.id,
        description: "HTTPS from the VPC to the endpoints of AWS services",
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock] }],
        tags: { Name: `${args.clusterName}-endpoints` },
      },
      { parent: this },
    );
    for (const short of INTERFACE_SERVICES) {
      new VpcEndpoint(
        `${name}-${short.replace(".", "-")}`,
        {
          vpcId: vpc.id,
          serviceName: service(short),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds,
          securityGroupIds: [group.id],
        },
        { parent: this },
      );
    }
  }

  private createFlowLogs(name: string, args: ManagementNetworkArgs, vpc: Vpc): void {
    const group = new LogGroup(
      `${name}-flow-logs`,
      { name: args.flowLogGroup, retentionInDays: args.flowLogDays, kmsKeyId: args.kmsKeyArn },
      { parent: this },
    );
    const role = new Role(
      `${name}-flow-logs`,
      {
        name: `${args.clusterName}-flow-logs`,
        assumeRolePolicy: JSON.stringify(trustedService("vpc-flow-logs.amazonaws.com")),
      },
      { parent: this },
    );
    const write = new RolePolicy(
      `${name}-flow-logs`,
      { role: role.name, name: "write", policy: group.arn.apply((arn) => JSON.stringify(flowLogPolicy(arn))) },
      { parent: this },
    );
    new FlowLog(
      `${name}-flow-logs`,
      { vpcId: vpc.id, trafficType: "ALL", logDestination: group.arn, iamRoleArn: role.arn },
      { parent: this, dependsOn: [write] },
    );
  }
}
