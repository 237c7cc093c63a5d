import { SERVICE_PREFIXES, slotCount } from "../../network/address-plan";
import { contains, parseRange, range } from "../../network/ranges";
import { describePool } from "../../network/slots";
import { VPC_PREFIXES } from "../../network/subnets";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type RuleId } from "../rules";
import { type ClusterDraft, clusterProblem } from "./draft";
import { type NetworkDraft } from "./network";
import { type ClusterRange, clusterRanges } from "./network-claims";
import { roomProblems } from "./network-room";

/** Ranges that are not what their place can take. */
export function rangeProblems({ network, clusters }: NetworkDraft): Problem[] {
  const reserved = Object.entries(network.reserved).flatMap(([name, ranges]) =>
    ranges.flatMap((each, index) => notIpv4(["network", "reserved", name, index], each)),
  );
  const pools = Object.entries(network.pools).flatMap(([region, pool]) => {
    const path = ["network", "pools", region, "range"];
    const wrong = notIpv4(path, pool.range);
    return wrong.length > 0 || slotCount(pool) > 0
      ? wrong
      : [
          {
            rule: "network-size" as const,
            path,
            what: `is smaller than the block of one cluster: ${describePool(pool)}`,
            got: pool.range,
            remedy: `Write a network of /${pool.clusterSize} or larger`,
          },
        ];
  });
  return [
    ...reserved,
    ...pools,
    ...clusters.flatMap((cluster) => [
      ...podsOfEks(cluster),
      ...clusterRanges(network, cluster).flatMap((each) => sizeProblems(cluster, each)),
      ...roomProblems(network, cluster),
    ]),
  ];
}

function notIpv4(path: Path, given: string): Problem[] {
  const words = whyNotIpv4(given);
  return words === undefined ? [] : [{ rule: "network-ipv4", path, got: given, ...words }];
}

function whyNotIpv4(given: string): Pick<Problem, "what" | "remedy"> | undefined {
  if (parseRange(given) !== undefined) {
    return undefined;
  }
  return given.includes(":")
    ? { what: "is a range of IPv6, but clusters on AWS are planned in IPv4", remedy: "Write it as 10.0.0.0/16" }
    : {
        what: "is not a whole network: its address has bits beyond the prefix",
        remedy: "Write the network's first address, as in 10.0.0.0/16",
      };
}

function podsOfEks(cluster: ClusterDraft): Problem[] {
  const { class: family, network } = cluster.values;
  return family === "aws-eks" && network?.pods !== undefined
    ? [
        clusterProblem(cluster, "pods-of-eks", ["network", "pods"], {
          what: "is set, but pods of class aws-eks take addresses of the VPC",
          got: network.pods,
          remedy: "Remove it, and make the VPC large enough",
        }),
      ]
    : [];
}

/** What AWS and Kubernetes take. Sources: VPC user guide, "VPC CIDR blocks"; EKS API reference; kube-apiserver. */
const PREFIXES = {
  vpc: VPC_PREFIXES,
  services: SERVICE_PREFIXES,
  // A node takes a /26 of it or more; kube-controller-manager gives none from a range of more than 16 bits of nodes.
  pods: { min: 10, max: 24 },
} as const;

const SIZES = {
  vpc: "which a VPC has to be",
  services: "which services have to be",
  pods: "which pods have to be",
} as const;

/** Networks that services of EKS may lie in. Source: EKS API reference, `KubernetesNetworkConfigRequest`. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function sizeProblems(cluster: ClusterDraft, { kind, range: given, path, explicit }: ClusterRange): Problem[] {
  const problem = (rule: RuleId, rest: Pick<Problem, "what" | "remedy">) =>
    clusterProblem(cluster, rule, path, { got: explicit ? given : cluster.values.network?.slot, ...rest });
  const notWhole = whyNotIpv4(given);
  if (notWhole !== undefined) {
    return [problem("network-ipv4", notWhole)];
  }
  const parsed = range(given);
  const { min, max } = PREFIXES[kind];
  if (parsed.prefix < min || parsed.prefix > max) {
    return [
      problem("network-size", {
        what: `is not a network of /${min} to /${max}, ${SIZES[kind]}`,
        remedy: "Write a network of that size, or leave it to the slot",
      }),
    ];
  }
  const isPrivate = PRIVATE.some((each) => contains(range(each), parsed));
  return kind === "services" && cluster.values.class === "aws-eks" && !isPrivate
    ? [
        problem("range-private", {
          what: `${explicit ? "lies" : `puts the services, ${given},`} outside ${PRIVATE.join(", ")}, and EKS refuses that`,
          remedy: "Write services in one of them",
        }),
      ]
    : [];
}
