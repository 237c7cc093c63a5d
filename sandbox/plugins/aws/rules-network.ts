import * as ipaddr from "ipaddr.js";

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
  const [start, end] = bounds(range);
  const [first, last] = bounds(whole);
  if (start < first || end > last) return `InvalidSubnet.Range: The CIDR '${range}' is invalid.`;
  const overlaps = account
    .all(SUBNET)
    .filter(({ properties }) => properties["vpcId"] === vpc.id && stringAt(properties, "cidrBlock") !== "")
    .some(({ properties }) => {
      const [otherStart, otherEnd] = bounds(stringAt(properties, "cidrBlock"));
      return start <= otherEnd && otherStart <= end;
    });
  return overlaps ? `InvalidSubnet.Conflict: The CIDR '${range}' conflicts with another subnet` : undefined;
}

function bounds(range: string): [number, number] {
  const number = (address: ipaddr.IPv4) => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return [number(ipaddr.IPv4.networkAddressFromCIDR(range)), number(ipaddr.IPv4.broadcastAddressFromCIDR(range))];
}
