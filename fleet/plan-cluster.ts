import { clusterBaseline } from "./baseline/plan";
import { IN_MEMORY_WORKER_CLASS } from "./classes/in-memory-kubeadm";
import { type ClusterConfig, type FleetConfig, type TopologyClusterConfig } from "./config/config";
import { isOnAws, PLAIN } from "./families";
import { type ClusterRanges } from "./network/address-plan";
import { apiAccess } from "./network/reach";
import { type ObservedCluster } from "./observed";
import { type PlannedCluster } from "./planned";
import { sorted, sortedEntries } from "./sorted";
import { type AwsSide } from "./topology/aws-side";
import { awsTopology } from "./topology/aws-topology";
import { eksVersion } from "./topology/eks-version";
import { nodeGroups } from "./topology/node-groups";

/** Ranges inside a workload cluster; each has its own network, so all may use the same. */
const POD_RANGES = ["192.168.0.0/16"];
const SERVICE_RANGES = ["10.128.0.0/12"];

/** What is known of a cluster before it is planned. */
export interface Draft {
  readonly name: string;
  readonly cluster: ClusterConfig;
  /** The class revision that the configuration asks for; undefined on plain clusters. */
  readonly className: string | undefined;
  readonly alive: ObservedCluster | undefined;
  /** By the address plan; of clusters on AWS. */
  readonly ranges: ClusterRanges | undefined;
}

/** The cluster as the configuration asks for it, whatever may be moved now. */
export function plannedCluster(draft: Draft, config: FleetConfig, side: AwsSide): PlannedCluster {
  const { name, cluster, className } = draft;
  const decommission = config.decommission.includes(name);
  return withoutEmpty({
    name,
    region: cluster.region,
    family: cluster.class ?? PLAIN,
    className,
    version: cluster.class === "aws-eks" ? eksVersion(cluster.version) : cluster.version,
    controlPlaneReplicas: cluster.controlPlane?.replicas,
    ...topology(draft, config, side),
    infrastructureRef: cluster.infrastructureRef,
    controlPlaneRef: cluster.controlPlaneRef,
    ...networkRanges(draft),
    stage: cluster.stage,
    base: clusterBaseline(config.environment, cluster, draft.alive?.labels),
    labels: sorted(cluster.labels),
    annotations: sorted(cluster.annotations),
    waivers: sortedEntries(cluster.waivers).map(([rule, waiver]) => ({ rule, ...waiver })),
    paused: cluster.paused ? true : undefined,
    protect: config.environment === "production" && !decommission,
    decommission,
  });
}

function topology(
  draft: Draft,
  config: FleetConfig,
  side: AwsSide,
): Pick<PlannedCluster, "workers" | "nodeGroups" | "variables" | "apiAccess" | "account"> {
  const { name, cluster, ranges } = draft;
  if (isOnAws(cluster.class ?? "") && ranges !== undefined) {
    const ofAws = cluster as TopologyClusterConfig;
    const { variables, workers } = awsTopology(name, ofAws, ranges, side, config);
    return {
      variables,
      workers,
      nodeGroups: plannedNodeGroups(draft, config, side, true),
      apiAccess: apiAccess(config.network.reach),
      account: cluster.account,
    };
  }
  const workers = sortedEntries(cluster.workers).map(([pool, { replicas, min }]) => ({
    name: pool,
    class: IN_MEMORY_WORKER_CLASS,
    replicas: replicas ?? min ?? 0,
  }));
  return { workers };
}

/** @param follow See `nodeGroups`. */
export function plannedNodeGroups(
  { name, cluster, ranges, alive }: Draft,
  config: FleetConfig,
  side: AwsSide,
  follow: boolean,
) {
  return cluster.class !== "aws-eks" || ranges === undefined
    ? []
    : nodeGroups(name, cluster as TopologyClusterConfig, ranges, alive, side, config.classes["aws-eks"], follow);
}

/**
 * What the configuration says; else what lives, for a cluster's network never changes; else what the address plan or the
 * default says. Pods of EKS have addresses of the VPC.
 */
function networkRanges({ cluster: { network, class: family }, alive, ranges }: Draft) {
  const byDefault = (ranges: string[]) => (alive === undefined && family !== undefined ? ranges : []);
  const chosen = (own: string | undefined, live: readonly string[] = [], others: string[]) =>
    own !== undefined ? [own] : live.length > 0 ? [...live] : others;
  return {
    podRanges:
      family === "aws-eks"
        ? []
        : chosen(
            network?.pods,
            alive?.declared.podRanges,
            byDefault(ranges === undefined ? POD_RANGES : [ranges.pods]),
          ),
    serviceRanges: chosen(
      network?.services,
      alive?.declared.serviceRanges,
      byDefault(ranges === undefined ? SERVICE_RANGES : [ranges.services]),
    ),
  };
}

/** Without members that are `undefined`, empty lists other than `workers`, or empty maps. */
function withoutEmpty(planned: PlannedCluster): PlannedCluster {
  const says = ([key, value]: [string, unknown]) =>
    value !== undefined &&
    (key === "workers" || typeof value !== "object" || value === null || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(planned).filter(says)) as unknown as PlannedCluster;
}
