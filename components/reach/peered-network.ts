import { VpcPeeringConnection, VpcPeeringConnectionAccepter } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import { typeToken } from "../type-token";
import { type TwoEndedOptions } from "./options";
import { type RouteTarget } from "./routes";

export interface PeeredNetworkArgs {
  /** Both names, for tags and the console; plain. */
  label: string;
  /** VPC of the management cluster. */
  managementVpcId: pulumi.Input<string>;
  /** Its region; plain. */
  managementRegion: string;
  /** VPC of the cluster; its range overlaps no other one that the management VPC is peered with. */
  vpcId: pulumi.Input<string>;
  /** Its region; plain. */
  region: string;
  /** Its account, where that is not the management cluster's; plain. */
  accountId?: string;
}

/**
 * A cluster's network, peered with the management VPC: the connection, and its acceptance at the other end. It costs
 * nothing but the traffic between zones and regions. The rules of security groups are the cluster class's own.
 *
 * Do not use it for more than 125 clusters of one management VPC, nor to get any further than that VPC: peering ends there.
 *
 * @example
 * new PeeredNetwork("production-prod-a", { label: "fleet prod-a", managementVpcId, managementRegion, vpcId, region });
 */
export class PeeredNetwork extends pulumi.ComponentResource {
  /** Where routes lead, once the other end has accepted. */
  readonly target: RouteTarget;

  constructor(name: string, args: PeeredNetworkArgs, opts: TwoEndedOptions = {}) {
    const { clusterAws, ...rest } = opts;
    super(typeToken("PeeredNetwork"), name, args, rest);

    const tags = { Name: args.label };
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
      { parent: this, ...(clusterAws === undefined ? {} : { provider: clusterAws }) },
    );

    this.target = { vpcPeeringConnectionId: acceptance.vpcPeeringConnectionId };
    this.registerOutputs({ connectionId: connection.id });
  }
}
