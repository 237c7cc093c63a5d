import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

import { typeToken } from "../type-token";
import { AttachedNetwork } from "./attached-network";
import { type TwoEndedOptions } from "./options";
import { PeeredNetwork } from "./peered-network";
import { createRoutes, type RouteTableArgs, type RouteTarget } from "./routes";
import { showZone } from "./zone";

/** Private ways to API servers. */
export const PrivateWay = {
  /** Each network is peered with the management VPC. */
  Peering: "peering",
  /** Each network is attached to a transit gateway. */
  TransitGateway: "transit-gateway",
} as const;
export type PrivateWay = (typeof PrivateWay)[keyof typeof PrivateWay];

/** A cluster's network; all plain. */
export interface LinkArgs {
  cluster: string;
  region: string;
  /** Absent where it is the management cluster's own. */
  accountId?: string;
  vpcId: string;
  range: string;
  routeTableIds: string[];
  /** One in each zone. */
  subnetIds: string[];
}

/** A transit gateway; all plain. */
export interface GatewayArgs {
  region: string;
  id: string;
  /** Its route table that networks are to belong to. */
  routeTableId?: string;
  /** Absent where it is the management cluster's own. */
  accountId?: string;
}

/** What `fleet/network/reach.ts` plans, and the management cluster's end. */
export interface ReachArgs {
  /** How; plain. */
  kind: PrivateWay;
  /** Name of the management cluster, for tags; plain. */
  managementName: string;
  /** Plain. */
  managementRange: string;
  /** Absent where another one cares for the management cluster's end: a transit gateway then is the only way. */
  managementVpcId?: pulumi.Input<string>;
  /** Region of that VPC; plain. */
  managementRegion?: string;
  /** Route tables of its nodes, always in the same order; plain. */
  managementRouteTableIds: pulumi.Input<string>[];
  /**
   * Subnets of its nodes, one in each zone, where this stack attaches its network to the transit gateway; plain. Default:
   * another stack does, or somebody else has.
   */
  managementSubnetIds?: pulumi.Input<string>[];
  /** Networks of clusters; plain. */
  links: LinkArgs[];
  /** Ranges that the management network sends to its gateway; plain. */
  destinations: string[];
  /** Networks behind the gateway that may call API servers too; plain. */
  callers: string[];
  /** Plain. */
  gateways: GatewayArgs[];
  /** Roles that this stack takes in other accounts; plain. */
  roles: { accountId: string; roleArn: string }[];
  /** Private Route 53 zone with Rancher's host name. */
  rancherZoneId?: pulumi.Input<string>;
}

export interface ReachOptions extends pulumi.ComponentResourceOptions {
  /** The clusters by name: what is made for one goes before it. */
  readonly clusters?: ReadonlyMap<string, pulumi.Resource>;
}

/**
 * The private ways between a management cluster and the clusters that it makes. Networks of clusters are Cluster API's
 * own; the ways to them are this stack's, so that they go with a cluster, before its network.
 *
 * Do not use it where API servers have public addresses.
 *
 * @example
 * new Reach("production-reach", { ...plan, managementName: "fleet", managementVpcId, ... }, { clusters });
 */
export class Reach extends pulumi.ComponentResource {
  constructor(name: string, args: ReachArgs, opts: ReachOptions = {}) {
    const { clusters = new Map<string, pulumi.Resource>(), ...rest } = opts;
    super(typeToken("Reach"), name, args, rest);

    const providers = this.createProviders(name, args);
    if (args.kind === PrivateWay.TransitGateway) {
      this.createHomeEnd(name, args, providers);
    }
    for (const link of args.links) {
      const cluster = clusters.get(link.cluster);
      const ends = {
        parent: this,
        ...(cluster === undefined ? {} : { dependsOn: cluster }),
        ...providerOf("clusterAws", link.accountId, providers),
      };
      const target =
        args.kind === PrivateWay.Peering
          ? this.createPeering(name, args, link, ends)
          : this.createAttachment(name, args, link, ends, providers);
      this.createClusterEnd(name, args, link, target, ends);
    }

    this.registerOutputs({});
  }

  /** One for each account that something is made in. */
  private createProviders(name: string, { roles, links, gateways, managementRegion }: ReachArgs): Providers {
    const used = roles.filter(({ accountId }) => [...links, ...gateways].some((each) => each.accountId === accountId));
    return new Map(
      used.map(({ accountId, roleArn }) => [
        accountId,
        new Provider(
          `${name}-account-${accountId}`,
          {
            region: (managementRegion ?? anyRegion(roleArn)) as never,
            assumeRoles: [{ roleArn, sessionName: "cluster-fleet" }],
          },
          { parent: this },
        ),
      ]),
    );
  }

  /** The way from the management network to the gateway, for all clusters at once. */
  private createHomeEnd(name: string, args: ReachArgs, providers: Providers): void {
    const gateway = args.gateways.find(({ region }) => region === args.managementRegion);
    if (gateway === undefined) {
      return; // A management cluster elsewhere has a way of its own.
    }
    const { target } =
      args.managementSubnetIds === undefined || args.managementVpcId === undefined
        ? { target: { transitGatewayId: gateway.id } }
        : new AttachedNetwork(
            `${name}-management`,
            {
              label: args.managementName,
              ...placeOf(gateway),
              vpcId: args.managementVpcId,
              subnetIds: args.managementSubnetIds,
            },
            { parent: this, ...providerOf("gatewayAws", gateway.accountId, providers) },
          );
    createRoutes(name, { ...homeOf(args), destinations: args.destinations, target }, { parent: this });
  }

  private createPeering(name: string, args: ReachArgs, link: LinkArgs, ends: TwoEndedOptions): RouteTarget {
    const { managementVpcId, managementRegion } = args;
    if (managementVpcId === undefined || managementRegion === undefined) {
      throw new pulumi.RunError(`managementVpcId: is missing, and ${link.cluster} is to be peered with it. Set it.`);
    }
    const { target } = new PeeredNetwork(
      `${name}-${link.cluster}`,
      {
        label: `${args.managementName} ${link.cluster}`,
        managementVpcId,
        managementRegion,
        vpcId: link.vpcId,
        region: link.region,
        ...(link.accountId === undefined ? {} : { accountId: link.accountId }),
      },
      ends,
    );
    createRoutes(name, { ...homeOf(args), destinations: [link.range], target }, { parent: this });
    return target;
  }

  private createAttachment(
    name: string,
    args: ReachArgs,
    link: LinkArgs,
    ends: TwoEndedOptions,
    providers: Providers,
  ): RouteTarget {
    const gateway = args.gateways.find(({ region }) => region === link.region);
    if (gateway === undefined) {
      throw new pulumi.RunError(
        `gateways: lacks the transit gateway of ${link.region}, which ${link.cluster} is to be attached to. Add it.`,
      );
    }
    const { target } = new AttachedNetwork(
      `${name}-${link.cluster}`,
      {
        label: `${args.managementName} ${link.cluster}`,
        ...placeOf(gateway),
        vpcId: link.vpcId,
        subnetIds: link.subnetIds,
      },
      { ...ends, ...providerOf("gatewayAws", gateway.accountId, providers) },
    );
    return target;
  }

  /** What is alike for every way, so that another way is a change of it. */
  private createClusterEnd(
    name: string,
    { managementRange, callers, rancherZoneId: zoneId }: ReachArgs,
    { cluster, region, vpcId, routeTableIds }: LinkArgs,
    target: RouteTarget,
    { clusterAws, dependsOn }: TwoEndedOptions,
  ): void {
    const home = { parent: this };
    const there = { parent: this, ...(clusterAws === undefined ? {} : { provider: clusterAws }) };
    const routeTables = routeTableIds.map((id) => ({ key: id, id }));
    createRoutes(
      `${name}-${cluster}`,
      { region, routeTables, destinations: [managementRange, ...callers], target },
      there,
    );
    if (zoneId !== undefined) {
      const waits = dependsOn === undefined ? {} : { dependsOn };
      showZone(
        `${name}-${cluster}`,
        { zoneId, vpcId, vpcRegion: region },
        { ...home, ...waits },
        { ...there, ...waits },
      );
    }
  }
}

type Providers = ReadonlyMap<string, Provider>;

function providerOf(
  end: "clusterAws" | "gatewayAws",
  accountId: string | undefined,
  providers: Providers,
): Partial<Record<typeof end, Provider>> {
  const provider = providers.get(accountId ?? "");
  return provider === undefined ? {} : { [end]: provider };
}

function placeOf({ region, id, routeTableId }: GatewayArgs) {
  return { region, gatewayId: id, ...(routeTableId === undefined ? {} : { gatewayRouteTableId: routeTableId }) };
}

/** Route tables of the management network, where they are known. */
function homeOf({ managementRegion, managementRouteTableIds }: ReachArgs) {
  const routeTables: RouteTableArgs[] = managementRouteTableIds.map((id, index) => ({ key: String(index), id }));
  return { ...(managementRegion === undefined ? {} : { region: managementRegion }), routeTables };
}

/** A provider wants a region though each resource names its own; it must never change, or all of them are replaced. */
function anyRegion(roleArn: string): string {
  const [, partition] = roleArn.split(":");
  return partition === "aws-cn" ? "cn-north-1" : partition === "aws-us-gov" ? "us-gov-west-1" : "us-east-1";
}
