import { type ApiAccess } from "../../../fleet/topology/api-access";
import { callingRanges } from "../../../fleet/topology/aws-side";
import { type Thing } from "../../aws-api/account";
import { type JsonObject, stringAt } from "../../plugins/grpc/json";
import { differs } from "./differs";
import { type ExpectedCluster } from "./expected";
import { listAt, ofKind } from "./things";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];
const API_PORT = 6443;

/** Ranges, and the way out of every subnet: nodes by the NAT gateway of their own zone, load balancers directly. */
export function networkDeviations({ ranges }: ExpectedCluster, things: readonly Thing[]): string[] {
  const expected = ranges.subnets.flatMap(({ zone, nodes, public: open }) => [
    `${nodes} in ${zone}, out by the NAT gateway of ${zone}`,
    `${open} in ${zone}, out by the internet gateway`,
  ]);
  const found = ofKind("subnet", things).map(
    ({ id, facts }) => `${stringAt(facts, "CidrBlock")} in ${zoneOf(facts)}, out by ${wayOut(id, things)}`,
  );
  return [
    ...differs(
      "range",
      ofKind("VPC", things).map(({ facts }) => stringAt(facts, "CidrBlock")),
      ranges.vpc,
    ),
    ...differs("subnets", found, expected),
  ];
}

/** Whether a subnet is one for machines: nobody on the internet reaches what is in it. */
export function isPrivate(subnet: string, things: readonly Thing[]): boolean {
  return wayOut(subnet, things).startsWith("the NAT gateway");
}

export function zoneOf(facts: JsonObject): string {
  return stringAt(facts, "AvailabilityZone");
}

function wayOut(subnet: string, things: readonly Thing[]): string {
  const table = ofKind("route table", things).find(({ facts }) =>
    listAt(facts, "Associations").some((association) => stringAt(association, "SubnetId") === subnet),
  );
  const route = listAt(table?.facts ?? {}, "Routes").find(
    (each) => stringAt(each, "DestinationCidrBlock") === "0.0.0.0/0",
  );
  const nat = things.find(({ id }) => id === stringAt(route, "NatGatewayId"));
  if (nat !== undefined) {
    const place = things.find(({ id }) => id === stringAt(nat.facts, "SubnetId"));
    return `the NAT gateway of ${zoneOf(place?.facts ?? {})}`;
  }
  const isOpen = ofKind("internet gateway", things).some(({ id }) => id === stringAt(route, "GatewayId"));
  return isOpen ? "the internet gateway" : "nothing";
}

/** No door stands open to everybody, and that of a kubeadm API to those alone that are meant. */
export function doorDeviations({ plan, side, apiAccess }: ExpectedCluster, things: readonly Thing[]): string[] {
  const doors = ofKind("security group", things).flatMap(({ facts }) =>
    listAt(facts, "IpPermissions").flatMap((rule) =>
      [...listAt(rule, "IpRanges"), ...listAt(rule, "Ipv6Ranges")].map((range) => ({
        group: stringAt(facts, "GroupName"),
        port: rule["FromPort"],
        from: stringAt(range, "CidrIp") || stringAt(range, "CidrIpv6"),
      })),
    ),
  );
  const open = doors
    .filter(({ from }) => EVERYWHERE.includes(from))
    .map(({ group, port }) => `${group} ${String(port)}`);
  const world = differs("doors that are open to everybody", open, []);
  if (plan.family !== "aws-kubeadm") return world;
  const atApi = doors.filter(({ group, port }) => group === `${plan.name}-apiserver-lb` && port === API_PORT);
  // CAPA lets the cluster's own nodes in, by the addresses that they go out with.
  const own = ofKind("address", things).map(({ facts }) => `${stringAt(facts, "PublicIp")}/32`);
  return [
    ...world,
    ...differs(
      "who reaches the API",
      atApi.map(({ from }) => from),
      [...callingRanges(side, apiAccess), ...own],
    ),
    ...loadBalancerDeviations(apiAccess, things),
  ];
}

function loadBalancerDeviations(access: ApiAccess, things: readonly Thing[]): string[] {
  const isPublic = access === "public";
  const balancers = ofKind("load balancer", things).map(({ facts }) => {
    const subnets = listAt(facts, "AvailabilityZones").map((zone) => stringAt(zone, "SubnetId"));
    const fit = subnets.filter((subnet) => isPrivate(subnet, things) !== isPublic).length;
    return `${stringAt(facts, "Type")}, ${stringAt(facts, "Scheme")}, ${fit} of ${subnets.length} subnets fit`;
  });
  const targets = ofKind("target group", things).map(
    ({ facts }) =>
      `${stringAt(facts, "Protocol")} ${String(facts["Port"])}, asked by ${stringAt(facts, "HealthCheckProtocol")} ` +
      `for ${stringAt(facts, "HealthCheckPath")}`,
  );
  return [
    ...differs("load balancer", balancers, `network, ${isPublic ? "internet-facing" : "internal"}, 3 of 3 subnets fit`),
    ...differs("its targets", targets, `TCP ${API_PORT}, asked by HTTPS for /readyz`),
  ];
}
