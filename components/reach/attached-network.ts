import { RouteTableAssociation, RouteTablePropagation, VpcAttachment } from "@pulumi/aws/ec2transitgateway";
import * as pulumi from "@pulumi/pulumi";

import { typeToken } from "../type-token";
import { createGatewayRoutes } from "./gateway-routes";
import { type RouteTableArgs, type TwoEndedOptions } from "./options";
import { showZone } from "./zone";

export interface AttachedNetworkArgs {
  /** Name for tags and the console; plain. */
  label: string;
  /** Region of the network and the gateway; plain. */
  region: string;
  /** The transit gateway. It is shared with the network's account and accepts attachments by itself. */
  gatewayId: string;
  /** Its route table that the network is to belong to; plain. Default: what the gateway does by itself. */
  gatewayRouteTableId?: string;
  /** The network. */
  vpcId: pulumi.Input<string>;
  /** One subnet of it in each zone; each gives the gateway an address. */
  subnetIds: pulumi.Input<string>[];
  /** Its route tables that lead to the gateway; plain. */
  routeTables: RouteTableArgs[];
  /** Ranges that they send there; plain. */
  destinations: string[];
  /** Private Route 53 zone that the network gets to see. Default: none. */
  zoneId?: pulumi.Input<string>;
}

export interface AttachedNetworkOptions extends TwoEndedOptions {
  /** Has rights in the account of the gateway. Default: the provider of the component itself. */
  readonly gatewayAws?: pulumi.ProviderResource;
}

/**
 * A network, attached to a transit gateway: the attachment, its place in a route table of the gateway where one is named,
 * and routes to the gateway. AWS bills each attachment by the hour, and the traffic through it.
 *
 * Do not use it where a gateway wants attachments accepted by hand: nothing would wait for that.
 *
 * @example
 * new AttachedNetwork("production-prod-a", { label: "fleet prod-a", region: "us-west-2", gatewayId: "tgw-…", ... });
 */
export class AttachedNetwork extends pulumi.ComponentResource {
  readonly attachmentId: pulumi.Output<string>;

  constructor(name: string, args: AttachedNetworkArgs, opts: AttachedNetworkOptions = {}) {
    const { clusterAws, gatewayAws, ...rest } = opts;
    super(typeToken("AttachedNetwork"), name, args, rest);

    const isOwn = clusterAws === gatewayAws;
    const home = { parent: this };
    const there = { parent: this, ...(clusterAws === undefined ? {} : { provider: clusterAws }) };
    const owner = { parent: this, ...(gatewayAws === undefined ? {} : { provider: gatewayAws }) };
    const attachment = new VpcAttachment(
      `${name}-attachment`,
      {
        transitGatewayId: args.gatewayId,
        vpcId: args.vpcId,
        subnetIds: args.subnetIds,
        region: args.region,
        dnsSupport: "enable",
        // Only the owner of a gateway may say that its own route tables are not for the attachment.
        ...(args.gatewayRouteTableId !== undefined && isOwn
          ? { transitGatewayDefaultRouteTableAssociation: false, transitGatewayDefaultRouteTablePropagation: false }
          : {}),
        tags: { Name: args.label },
      },
      // The network is Cluster API's: it may go only after everything that holds on to it.
      { ...there, ...(opts.dependsOn === undefined ? {} : { dependsOn: opts.dependsOn }) },
    );
    if (args.gatewayRouteTableId !== undefined) {
      createMembership(name, attachment, { ...args, tableId: args.gatewayRouteTableId, isOwn }, owner);
    }
    // Of the attachment, for AWS refuses routes to a gateway that the network is not attached to yet.
    createGatewayRoutes(name, { ...args, gatewayId: attachment.transitGatewayId }, there);
    if (args.zoneId !== undefined) {
      showZone(name, { zoneId: args.zoneId, vpcId: args.vpcId, vpcRegion: args.region }, home, there);
    }

    this.attachmentId = attachment.id;
    this.registerOutputs({ attachmentId: this.attachmentId });
  }
}

/** The gateway's other networks learn the way here, and this one learns what that route table knows. */
function createMembership(
  name: string,
  attachment: VpcAttachment,
  { region, tableId, isOwn }: { region: string; tableId: string; isOwn: boolean },
  owner: pulumi.CustomResourceOptions,
): void {
  const membership = { transitGatewayAttachmentId: attachment.id, transitGatewayRouteTableId: tableId, region };
  new RouteTableAssociation(
    `${name}-association`,
    { ...membership, ...(isOwn ? {} : { replaceExistingAssociation: true }) },
    owner,
  );
  new RouteTablePropagation(`${name}-propagation`, membership, owner);
}
