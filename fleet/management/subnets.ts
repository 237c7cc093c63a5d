import * as ipaddr from "ipaddr.js";

/** The subnets of one availability zone, in CIDR notation. */
export interface ZoneSubnets {
  zone: string;
  /** Nodes and pods. */
  nodes: string;
  /** Load balancers that the internet reaches, and the NAT gateway. */
  public: string;
  /** The network interfaces of the EKS control plane; an upgrade of EKS needs five free addresses in all of them. */
  controlPlane: string;
}

/** Shortest and longest prefix of a VPC that the plan fits into. */
export const VPC_PREFIXES = { min: 16, max: 20 } as const;

/**
 * Divides the range of a VPC: a quarter of it for the nodes of each zone, and of the last quarter a sixteenth for each
 * zone's load balancers and a small subnet for each zone's control plane. Pods take addresses of the nodes' subnets.
 *
 * | VPC | nodes, each zone      | public, each zone | control plane, each zone |
 * | --- | --------------------- | ----------------- | ------------------------ |
 * | /16 | /18, 16,379 addresses | /22               | /26                      |
 * | /20 | /22, 1,019 addresses  | /26               | /28                      |
 *
 * The result depends on the range and the order of the zones alone.
 *
 * Source: EKS user guide, network requirements (AWS keeps five addresses of each subnet; /28 is the smallest subnet).
 * @param range IPv4, from /16 to /20.
 */
export function subnetPlan(range: string, zones: readonly string[]): ZoneSubnets[] {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(range);
  const first = toNumber(address);
  const quarter = 2 ** (32 - prefix) / 4;
  const rest = first + 3 * quarter;
  const controlPlanePrefix = Math.min(28, prefix + 10);
  const controlPlaneSize = 2 ** (32 - controlPlanePrefix);
  return zones.map((zone, index) => ({
    zone,
    nodes: cidr(first + index * quarter, prefix + 2),
    public: cidr(rest + (index * quarter) / 16, prefix + 6),
    controlPlane: cidr(rest + quarter / 2 + index * controlPlaneSize, controlPlanePrefix),
  }));
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((number, octet) => number * 256 + octet, 0);
}

function cidr(number: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefix}`;
}
