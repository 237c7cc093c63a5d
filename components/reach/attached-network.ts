import { RouteTableAssociation, RouteTablePropagation, VpcAttachment } from "@pulumi/aws/ec2transitgateway";
import * as pulumi from "@pulumi/pulumi";

import { typeToken } from "../type-token";
import { type TwoEndedOptions } from "./options";
import { type RouteTarget } from "./routes";

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
}

export interface AttachedNetworkOptions extends TwoEndedOptions {
  /** Has rights in the account of the gateway. Default: the provider of the component itself. */
  readonly gatewayAws?: pulumi.ProviderResource;
}

/**
 * A network, attached to a transit gateway: the attachment, and its place in a route table of the gateway where one is
 * named. AWS bills each attachment by the hour, and the traffic through it.
 *
 * Do not use it where a gateway wants attachments accepted by hand: nothing would wait for that.
 *
 * @example
 * new AttachedNetwork("production-prod-a", { label: "fleet prod-a", region: "us-west-2", gatewayId: "tgw-…", ... });
 */
export class AttachedNetwork extends pulumi.ComponentResource {
  /** Where routes lead, once the network is attached: before that AWS refuses them. */
  readonly target: RouteTarget;

  constructor(name: string, args: AttachedNetworkArgs, opts: AttachedNetworkOptions = {}) {
    const { clusterAws, gatewayAws, ...rest } = opts;
    super(typeToken("AttachedNetwork"), name, args, rest);

    const isOwn = clusterAws === gatewayAws;
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

    this.target = { transitGatewayId: attachment.transitGatewayId };
    this.registerOutputs({ attachmentId: attachment.id });
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
