import * as ipaddr from "ipaddr.js";

/** A whole IPv4 network: its first address as a number, and the length of its prefix. */
export interface Range {
  readonly first: number;
  readonly prefix: number;
}

/** A range and who has it, in words that a message can use. */
export interface NamedRange {
  readonly name: string;
  /** In CIDR notation. */
  readonly range: string;
}

/** What AWS keeps of each subnet. Source: VPC user guide, "Subnet sizing for IPv4". */
const KEPT_BY_AWS = 5;

/** A range in CIDR notation; undefined where it is not a whole IPv4 network, as 10.0.0.1/16 and IPv6 are not. */
export function parseRange(text: string): Range | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) {
    return undefined;
  }
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const first = toNumber(address);
  return first % 2 ** (32 - prefix) === 0 ? { first, prefix } : undefined;
}

/** The network that an IPv4 range of any first address lies in: of 10.0.0.1/16 it is 10.0.0.0/16. */
export function wholeNetwork(text: string): string {
  const [, prefix] = ipaddr.IPv4.parseCIDR(text);
  return `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${prefix}`;
}

/** A range that is known to be a whole IPv4 network. */
export function range(text: string): Range {
  const parsed = parseRange(text);
  if (parsed === undefined) {
    throw new Error(`${text} is not a whole IPv4 network; the configuration's checks let it pass unseen`);
  }
  return parsed;
}

/** In CIDR notation. */
export function cidr({ first, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** How many addresses it has. */
export function size({ prefix }: Range): number {
  return 2 ** (32 - prefix);
}

/** How many addresses of a subnet AWS gives away. */
export function freeAddresses(subnet: Range): number {
  return Math.max(0, size(subnet) - KEPT_BY_AWS);
}

export function overlap(one: Range, other: Range): boolean {
  return one.first < other.first + size(other) && other.first < one.first + size(one);
}

export function contains(outer: Range, inner: Range): boolean {
  return inner.first >= outer.first && inner.first + size(inner) <= outer.first + size(outer);
}

/** How many networks of a prefix a range holds. */
export function partCount(whole: Range, prefix: number): number {
  return prefix < whole.prefix ? 0 : 2 ** (prefix - whole.prefix);
}

/**
 * The network of a prefix at a place in a range.
 * @param index From 0; below {@link partCount}.
 */
export function part(whole: Range, prefix: number, index: number): Range {
  return { first: whole.first + index * 2 ** (32 - prefix), prefix };
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((number, octet) => number * 256 + octet, 0);
}
