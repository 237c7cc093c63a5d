import { PODS_OF_NODE_PREFIX } from "../../classes/kubeadm/control-plane";
import { clusterZones, subnetsOf } from "../../network/address-plan";
import { freeAddresses, parseRange, partCount, range } from "../../network/ranges";
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

/** Ranges that the cluster's machines do not fit into once every pool is at its largest. */
export function roomProblems(network: NetworkConfig, cluster: ClusterDraft): Problem[] {
  return [...subnetProblems(network, cluster), ...podProblems(network, cluster)];
}

/** Nodes beyond that get no pods at all: they never become Ready. */
function podProblems(network: NetworkConfig, cluster: ClusterDraft): Problem[] {
  const pods = clusterRanges(network, cluster).find(({ kind }) => kind === "pods");
  const whole = parseRange(pods?.range ?? "");
  const zones = clusterZones(cluster.values);
  if (pods === undefined || whole === undefined || zones === undefined) {
    return [];
  }
  const room = partCount(whole, PODS_OF_NODE_PREFIX);
  const need = zones.reduce((sum, zone) => sum + machinesIn(zone, zones, cluster.values), 0);
  return need <= room
    ? []
    : [
        clusterProblem(cluster, "pods-too-small", pods.path, {
          what:
            `has addresses for the pods of ${room} nodes (${pods.range}, a /${PODS_OF_NODE_PREFIX} for each), and there are ` +
            `${need} with every pool at its largest and one machine more for upgrades in each zone`,
          got: pods.explicit ? pods.range : cluster.values.network?.slot,
          remedy: "Lower replicas or max, or write a larger range for pods",
        }),
      ];
}

function subnetProblems(network: NetworkConfig, cluster: ClusterDraft): Problem[] {
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

function needIn(zone: string, zones: readonly string[], values: ClusterValues): number {
  const each = values.class === "aws-eks" ? PER_MACHINE["aws-eks"] : PER_MACHINE["aws-kubeadm"];
  return KEPT_FREE + each * machinesIn(zone, zones, values);
}

/** At most, with one more of each machine deployment and control plane: an upgrade adds it before it takes the old one away. */
function machinesIn(zone: string, zones: readonly string[], { workers = {}, controlPlane }: ClusterValues): number {
  const pools = Object.values(workers)
    .map(({ replicas, max, zones: own = zones }) => ({ largest: replicas ?? max ?? 0, own }))
    .filter(({ own }) => own.includes(zone));
  const ofPools = pools.reduce((sum, { largest, own }) => sum + Math.ceil(largest / own.length) + 1, 0);
  const replicas = controlPlane?.replicas;
  return ofPools + (replicas === undefined ? 0 : Math.ceil(replicas / zones.length) + 1);
}
