import { subnetsOf } from "../../network/address-plan";
import { freeAddresses, range } from "../../network/ranges";
import { VPC_PREFIXES } from "../../network/subnets";
import { type Problem } from "../problems";
import { type ClusterValues } from "../schema/cluster";
import { type NetworkConfig } from "../schema/network";
import { type ClusterDraft, clusterProblem } from "./draft";
import { clusterRanges } from "./network-claims";

/**
 * Addresses that a machine takes of its zone's subnet, at least. On EKS a node holds a block of sixteen for its first
 * pods; one that is full of pods takes more.
 *
 * Source: EKS best practices, "Amazon VPC CNI".
 */
const PER_MACHINE = { "aws-eks": 16, "aws-kubeadm": 1 } as const;

/**
 * Addresses of each zone that load balancers and the interfaces of EKS need: an upgrade of EKS takes six of them, AWS
 * advises sixteen. Source: EKS user guide, "Subnet requirements and considerations".
 */
const KEPT_FREE = 16;

/** Subnets that the cluster's machines do not fit into once every pool is at its largest. */
export function roomProblems(network: NetworkConfig, cluster: ClusterDraft): Problem[] {
  const vpc = clusterRanges(network, cluster).find(({ kind }) => kind === "vpc");
  const subnets = subnetsOf(vpc?.range, cluster.values);
  if (vpc === undefined || subnets === undefined) {
    return [];
  }
  const zones = subnets.map(({ zone }) => zone);
  const [fullest] = subnets
    .map(({ zone, nodes }) => ({ zone, room: freeAddresses(range(nodes)), need: needIn(zone, zones, cluster.values) }))
    .sort((a, b) => b.need - a.need);
  return fullest === undefined || fullest.need <= fullest.room
    ? []
    : [
        clusterProblem(cluster, "subnets-too-small", vpc.path, {
          what:
            `leaves ${fullest.room} addresses for nodes in ${fullest.zone} (VPC ${vpc.range}), and the pools at their ` +
            `largest need ${fullest.need}`,
          got: vpc.explicit ? vpc.range : cluster.values.network?.slot,
          remedy: `Lower replicas or max${range(vpc.range).prefix > VPC_PREFIXES.min ? ", or write a larger vpc, up to /16" : ""}`,
        }),
      ];
}

function needIn(zone: string, zones: readonly string[], { class: family, ...values }: ClusterValues): number {
  const each = family === "aws-eks" ? PER_MACHINE["aws-eks"] : PER_MACHINE["aws-kubeadm"];
  const pools = Object.values(values.workers ?? {})
    .map(({ replicas, max, zones: own = zones }) => ({ largest: replicas ?? max ?? 0, own }))
    .filter(({ own }) => own.includes(zone))
    // One more than its share: an upgrade adds the new machine before it takes the old one away.
    .map(({ largest, own }) => Math.ceil(largest / own.length) + 1);
  const controlPlane = Math.ceil((values.controlPlane?.replicas ?? 0) / zones.length) + 1;
  return [...pools, controlPlane].reduce((sum, machines) => sum + machines * each, KEPT_FREE);
}
