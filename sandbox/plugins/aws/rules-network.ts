import { contains, overlap, range as parse, type Range, wholeNetwork } from "../../../fleet/network/ranges";
import { stringAt } from "../grpc/json";
import { type Change } from "./rules";

const SUBNET = "aws:ec2/subnet:Subnet";

/** Source: EC2 API reference, CreateSubnet. */
export function fitsIntoVpc({ account, after }: Change): string | undefined {
  const vpc = account.find("aws:ec2/vpc:Vpc", stringAt(after, "vpcId"));
  const range = stringAt(after, "cidrBlock");
  const whole = stringAt(vpc?.properties, "cidrBlock");
  if (vpc === undefined) return `InvalidVpcID.NotFound: The vpc ID '${stringAt(after, "vpcId")}' does not exist`;
  if (range === "" || whole === "") return undefined; // from an address pool
  const subnet = network(range);
  if (!contains(network(whole), subnet)) return `InvalidSubnet.Range: The CIDR '${range}' is invalid.`;
  const overlaps = account
    .all(SUBNET)
    .filter(({ properties }) => properties["vpcId"] === vpc.id && stringAt(properties, "cidrBlock") !== "")
    .some(({ properties }) => overlap(subnet, network(stringAt(properties, "cidrBlock"))));
  return overlaps ? `InvalidSubnet.Conflict: The CIDR '${range}' conflicts with another subnet` : undefined;
}

/** EC2 keeps the network that a range lies in: of 10.0.0.1/16 it is 10.0.0.0/16. */
function network(range: string): Range {
  return parse(wholeNetwork(range));
}

/** Whoever accepts a peering, or leads a route to one. Source: EC2 API reference, AcceptVpcPeeringConnection, CreateRoute. */
export function peeringExists({ account, after }: Change): string | undefined {
  const id = stringAt(after, "vpcPeeringConnectionId");
  return id === "" || account.find("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", id) !== undefined
    ? undefined
    : `InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID '${id}' does not exist`;
}

/** AWS knows no gateway that the network of a route table is not attached to. Route tables of others are not judged. */
export function attachedBefore({ account, after }: Change): string | undefined {
  const gateway = stringAt(after, "transitGatewayId");
  const table = account.find("aws:ec2/routeTable:RouteTable", stringAt(after, "routeTableId"));
  if (gateway === "" || table === undefined) return undefined;
  const attached = account
    .all("aws:ec2transitgateway/vpcAttachment:VpcAttachment")
    .some(
      ({ properties }) =>
        properties["transitGatewayId"] === gateway && properties["vpcId"] === table.properties["vpcId"],
    );
  return attached ? undefined : `InvalidTransitGatewayID.NotFound: The transitGateway ID '${gateway}' does not exist.`;
}

/** Networks that nobody in the account knows are not judged. Source: EC2 API reference, CreateTransitGatewayVpcAttachment. */
export function subnetsOfVpc({ account, after }: Change): string | undefined {
  const vpcId = stringAt(after, "vpcId");
  const ids = Array.isArray(after["subnetIds"]) ? after["subnetIds"].map(String) : [];
  const strange = ids.find((id) => account.find(SUBNET, id)?.properties["vpcId"] !== vpcId);
  return account.find("aws:ec2/vpc:Vpc", vpcId) === undefined || strange === undefined
    ? undefined
    : `InvalidSubnetID.NotFound: The subnet ID '${strange}' does not exist`;
}
