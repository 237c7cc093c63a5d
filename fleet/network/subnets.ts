import { cidr, part, range as parse } from "./ranges";

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

/** The smallest subnet that AWS makes. */
const SMALLEST_SUBNET = 28;

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
  const vpc = parse(range);
  const rest = part(vpc, vpc.prefix + 2, 3);
  const ofControlPlanes = part(rest, rest.prefix + 1, 1);
  return zones.map((zone, index) => ({
    zone,
    nodes: cidr(part(vpc, vpc.prefix + 2, index)),
    public: cidr(part(rest, vpc.prefix + 6, index)),
    controlPlane: cidr(part(ofControlPlanes, Math.min(SMALLEST_SUBNET, vpc.prefix + 10), index)),
  }));
}
