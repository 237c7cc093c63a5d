import { type AwsTypes, names } from "./types";

/** Ways between networks, and names that they see. */
export const REACH_TYPES: AwsTypes = {
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
    id: "pcx-${hash}",
    required: names("peerVpcId vpcId"),
    optional: names("accepter autoAccept peerOwnerId peerRegion region requester tags"),
    replaceOn: names("peerOwnerId peerRegion peerVpcId vpcId"),
    computed: { acceptStatus: "pending-acceptance" },
  },
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {
    id: "${vpcPeeringConnectionId}",
    required: names("vpcPeeringConnectionId"),
    optional: names("accepter autoAccept region requester tags"),
    replaceOn: names("vpcPeeringConnectionId"),
    computed: { acceptStatus: "active", peerOwnerId: "${account}" },
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    id: "tgw-attach-${hash}",
    arn: "arn:${partition}:ec2:${region}:${account}:transit-gateway-attachment/${id}",
    required: names("subnetIds transitGatewayId vpcId"),
    optional: names(`applianceModeSupport dnsSupport ipv6Support region securityGroupReferencingSupport tags
      transitGatewayDefaultRouteTableAssociation transitGatewayDefaultRouteTablePropagation`),
    replaceOn: names("transitGatewayId vpcId"),
    defaults: { applianceModeSupport: "disable", dnsSupport: "enable", ipv6Support: "disable" },
    computed: { vpcOwnerId: "${account}" },
    unique: {
      by: "${transitGatewayId} ${vpcId}",
      refusal:
        "DuplicateTransitGatewayAttachment: ${transitGatewayId} has non-deleted Transit Gateway Attachments with same " +
        "VPC ID.",
    },
  },
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": {
    id: "${transitGatewayRouteTableId}_${transitGatewayAttachmentId}",
    required: names("transitGatewayAttachmentId transitGatewayRouteTableId"),
    optional: names("region replaceExistingAssociation"),
    replaceOn: names("replaceExistingAssociation transitGatewayAttachmentId transitGatewayRouteTableId"),
    computed: { resourceType: "vpc" },
    unique: {
      by: "${transitGatewayAttachmentId}",
      refusal:
        "Resource.AlreadyAssociated: Transit Gateway Attachment ${transitGatewayAttachmentId} is already associated to a " +
        "route table.",
    },
  },
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": {
    id: "${transitGatewayRouteTableId}_${transitGatewayAttachmentId}",
    required: names("transitGatewayAttachmentId transitGatewayRouteTableId"),
    optional: names("region"),
    replaceOn: names("transitGatewayAttachmentId transitGatewayRouteTableId"),
    computed: { resourceType: "vpc" },
    unique: {
      by: "${id}",
      refusal: "TransitGatewayRouteTablePropagation.Duplicate: Propagation for attachment already exists.",
    },
  },
  "aws:route53/zoneAssociation:ZoneAssociation": {
    id: "${zoneId}:${vpcId}",
    required: names("vpcId zoneId"),
    optional: names("vpcRegion"),
    replaceOn: names("vpcId vpcRegion zoneId"),
    computed: { owningAccount: "${account}" },
    unique: {
      by: "${id}",
      refusal: "ConflictingDomainExists: The VPC ${vpcId} is already associated with the hosted zone ${zoneId}.",
    },
  },
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": {
    id: "${zoneId}:${vpcId}",
    required: names("vpcId zoneId"),
    optional: names("vpcRegion"),
    replaceOn: names("vpcId vpcRegion zoneId"),
  },
};
