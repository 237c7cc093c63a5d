import { Route, VpcPeeringConnection, VpcPeeringConnectionAccepter } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import { typeToken } from "../type-token";
import { type RouteTableArgs, type TwoEndedOptions } from "./options";
import { showZone } from "./zone";

export interface PeeredNetworkArgs {
  /** Both names, for tags and the console; plain. */
  label: string;
  /** VPC of the management cluster. */
  managementVpcId: pulumi.Input<string>;
  /** Its range. */
  managementRange: pulumi.Input<string>;
  /** Its region; plain. */
  managementRegion: string;
  /** Its route tables that lead to the cluster; plain. */
  managementRouteTables: RouteTableArgs[];
  /** VPC of the cluster. */
  vpcId: pulumi.Input<string>;
  /** Its range; it overlaps no other one that the management VPC is peered with. */
  range: pulumi.Input<string>;
  /** Its region; plain. */
  region: string;
  /** Its account, where that is not the management cluster's; plain. */
  accountId?: string;
  /** Its route tables that lead back; plain. */
  routeTables: RouteTableArgs[];
  /** Private Route 53 zone that the cluster's network gets to see. Default: none. */
  zoneId?: pulumi.Input<string>;
}

/**
 * A cluster's network, peered with the management VPC: the connection, its acceptance at the other end, and a route each
 * way in every route table. It costs nothing but the traffic between zones and regions. The rules of security groups are
 * the cluster class's own.
 *
 * Do not use it for more than 125 clusters of one management VPC, nor to get any further than that VPC: peering ends there.
 *
 * @example
 * new PeeredNetwork("production-prod-a", { label: "fleet prod-a", managementVpcId, managementRange, ... });
 */
export class PeeredNetwork extends pulumi.ComponentResource {
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: PeeredNetworkArgs, opts: TwoEndedOptions = {}) {
    const { clusterAws, ...rest } = opts;
    super(typeToken("PeeredNetwork"), name, args, rest);

    const tags = { Name: args.label };
    const there = { parent: this, ...(clusterAws === undefined ? {} : { provider: clusterAws }) };
    const connection = new VpcPeeringConnection(
      `${name}-connection`,
      {
        vpcId: args.managementVpcId,
        region: args.managementRegion,
        peerVpcId: args.vpcId,
        peerRegion: args.region,
        ...(args.accountId === undefined ? {} : { peerOwnerId: args.accountId }),
        tags,
      },
      // The network is Cluster API's: it may go only after everything that holds on to it.
      { parent: this, ...(opts.dependsOn === undefined ? {} : { dependsOn: opts.dependsOn }) },
    );
    const acceptance = new VpcPeeringConnectionAccepter(
      `${name}-acceptance`,
      { vpcPeeringConnectionId: connection.id, region: args.region, autoAccept: true, tags },
      there,
    );
    const route = (
      direction: string,
      table: RouteTableArgs,
      to: { region: string; range: pulumi.Input<string> },
      end: pulumi.CustomResourceOptions,
    ) =>
      new Route(
        `${name}-${direction}-${table.key}`,
        {
          routeTableId: table.id,
          region: to.region,
          destinationCidrBlock: to.range,
          vpcPeeringConnectionId: acceptance.vpcPeeringConnectionId,
        },
        end,
      );
    const home = { parent: this };
    for (const table of args.managementRouteTables) {
      route("there", table, { region: args.managementRegion, range: args.range }, home);
    }
    for (const table of args.routeTables) {
      route("back", table, { region: args.region, range: args.managementRange }, there);
    }
    if (args.zoneId !== undefined) {
      showZone(name, { zoneId: args.zoneId, vpcId: args.vpcId, vpcRegion: args.region }, home, there);
    }

    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}
