export type ManagementSize = "small" | "medium" | "large";

/** What a management cluster has for a number of workload clusters. */
export interface SizePreset {
  /** Workload clusters that it is made for. */
  readonly clusters: number;
  readonly instanceTypes: readonly string[];
  /** Nodes in each of the three zones. */
  readonly nodesPerZone: number;
  readonly maxNodesPerZone: number;
  /** Requests each second that Cluster API's controllers may send to the API server, and in a burst. */
  readonly apiQps: number;
  readonly apiBurst: number;
  /** Objects that each of those controllers works on at a time. */
  readonly concurrency: number;
}

/**
 * Sources: Rancher 2.15, installation requirements, per node on hosted Kubernetes: 4 CPUs and 16 GB to 150 clusters, 8
 * and 32 to 300; Cluster API's defaults of 20 requests a second end at about 600 clusters with a resync of 10 minutes,
 * 100/200 with a concurrency of 100 were measured to 1,000 (Metal3, "Scaling part 3", 2024).
 */
export const SIZES: Readonly<Record<ManagementSize, SizePreset>> = {
  small: {
    clusters: 50,
    instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
    nodesPerZone: 1,
    maxNodesPerZone: 2,
    apiQps: 50,
    apiBurst: 100,
    concurrency: 10,
  },
  medium: {
    clusters: 150,
    instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
    nodesPerZone: 2,
    maxNodesPerZone: 4,
    apiQps: 100,
    apiBurst: 200,
    concurrency: 50,
  },
  large: {
    clusters: 300,
    instanceTypes: ["m7i.2xlarge", "m6i.2xlarge"],
    nodesPerZone: 2,
    maxNodesPerZone: 4,
    apiQps: 100,
    apiBurst: 200,
    concurrency: 100,
  },
};
