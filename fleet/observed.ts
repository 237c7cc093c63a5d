import { type Json } from "./content-hash";

/**
 * What runs on the management cluster, as plain data. `live/observe.ts` makes it; plan, tables and tests read it.
 */
export interface Observed {
  /** Sorted by namespace, then name. */
  readonly clusters: readonly ObservedCluster[];
  /** Every ClusterClass in the observed namespaces, ours or not; sorted by namespace, then name. */
  readonly classes: readonly ObservedClass[];
  /** Add-ons of ours; absent where there are none. */
  readonly addOns?: readonly ObservedAddOn[];
  /**
   * What the `ConfigMap`s hold of base configurations that clusters have and are not to have any more, by name; absent
   * where nobody looked.
   */
  readonly baseTexts?: Readonly<Record<string, string>>;
}

export interface ObservedCluster {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly created: string;
  /** The object has a deletion timestamp. */
  readonly deleting: boolean;
  /** Name of the ClusterClass; absent on plain clusters, which have no topology. */
  readonly classRef?: string;
  /** Declared Kubernetes version, with its leading `v`; absent on plain clusters. */
  readonly version?: string;
  /** What its object says beyond that. */
  readonly declared: DeclaredSpec;
  /** Which of its fields cluster-fleet declared; everything else is left alone. */
  readonly owned: OwnedFields;
  readonly controlPlane: ReplicaCounts;
  readonly workers: ReplicaCounts;
  /** Managed node groups of ours beside its topology, sorted by name; absent where there are none. */
  readonly nodeGroups?: readonly ObservedNodeGroup[];
  /** Revisions of the base configuration that Cluster API has noted for it; absent where there are none. */
  readonly bases?: readonly ObservedBase[];
  /** Condition `Available` is True for the current generation. */
  readonly available: boolean;
  /** Nothing is under way: versions equal, topology reconciled, not rolling out, all replicas up to date. */
  readonly settled: boolean;
  /**
   * Since when it is as it is: the latest transition of the conditions that say whether it is settled and available;
   * before the first of them, its creation. ISO 8601.
   */
  readonly since: string;
  /** Types of its conditions that are True for the current generation, sorted. */
  readonly conditions: readonly string[];
  /** Its provider says that it cannot go on, and why. */
  readonly terminal?: string;
  /** Why the cluster is not available or not settled, in the words of its conditions; empty when both hold. */
  readonly reason: string;
}

/** Parts of a live `Cluster` object's spec. */
export interface DeclaredSpec {
  readonly controlPlaneReplicas?: number;
  /** Machine deployments of the topology, sorted by name. */
  readonly workers: readonly DeclaredWorkers[];
  /** Values of the class's variables, by name; absent where there are none. */
  readonly variables?: Readonly<Record<string, Json>>;
  readonly podRanges: readonly string[];
  readonly serviceRanges: readonly string[];
  readonly paused: boolean;
  /** On clusters with a topology, Cluster API fills these in itself. */
  readonly infrastructureRef?: ObjectRef;
  readonly controlPlaneRef?: ObjectRef;
}

/** A machine deployment of the topology. */
export interface DeclaredWorkers {
  readonly name: string;
  readonly class?: string;
  readonly replicas?: number;
  /** Fewest and most machines, where the autoscaler decides. */
  readonly min?: number;
  readonly max?: number;
  readonly failureDomain?: string;
  readonly variables?: Readonly<Record<string, Json>>;
}

/** What Cluster API has noted of a revision of the base configuration and a cluster. */
export interface ObservedBase {
  /** `base-<hash>` */
  readonly revision: string;
  /** All of it was applied. */
  readonly applied: boolean;
  /** When a part of it was applied, or tried, last; ISO 8601. */
  readonly since: string;
}

/** A MachinePool of ours. */
export interface ObservedNodeGroup {
  readonly name: string;
  readonly pool: string;
  readonly version: string;
  readonly replicas?: number;
  /** It has all its machines. */
  readonly ready: boolean;
  /** What the run that declared it last said of it. */
  readonly declared: Json | undefined;
}

/** Names of the fields that cluster-fleet's own manager declared of an object; each list is sorted. */
export interface OwnedFields {
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  /** Machine deployments of the topology. */
  readonly workers: readonly string[];
  /** Fields directly below spec. */
  readonly spec: readonly string[];
}

export interface ObjectRef {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

export interface ReplicaCounts {
  readonly desired: number;
  readonly ready: number;
  readonly upToDate: number;
}

export interface ObservedClass {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its controller has processed the current generation: clusters may be pointed at it. */
  readonly reconciled: boolean;
  /** Names of the templates that it refers to, as `Kind/name`, sorted. */
  readonly templates: readonly string[];
}

/** An add-on of one track, a `HelmChartProxy` of ours. */
export interface ObservedAddOn {
  readonly namespace: string;
  readonly name: string;
  readonly addOn: string;
  readonly track: string;
  /** Which clusters it selects. */
  readonly selector: Json;
  /** The other parts of its spec that cluster-fleet declares. */
  readonly spec: AddOnSpec;
  /** Its provider has brought it to every cluster that it selects. */
  readonly ready: boolean;
  /** Since when it is ready, or not; ISO 8601. */
  readonly since: string;
  /** Why it is not ready; empty when it is, or when nobody has said. */
  readonly reason: string;
}

export interface AddOnSpec {
  readonly chartName: string;
  readonly repoURL: string;
  readonly version: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly valuesTemplate: string;
}
