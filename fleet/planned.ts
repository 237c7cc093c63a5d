import { type ClusterBaseline } from "./baseline/labels";
import { type BaselinePlan } from "./baseline/plan";
import { type ClassRevision } from "./classes/class-revision";
import { type ObjectRef } from "./observed";
import { type ApiAccess, type TopologyVariable } from "./topology/api-access";
import { type PlannedNodeGroup } from "./topology/node-groups";
import { type Rollout, type StepRecord } from "./rollout/types";
import { type Waiver } from "./waivers";

/** All that a run declares, as plain data: equal for equal configuration and equal observation. */
export interface FleetPlan {
  readonly environment: string;
  /** Where the environment's objects live on the management cluster. */
  readonly namespace: string;
  /** Sorted by family. */
  readonly classes: ClassRevision[];
  /** Sorted by name. */
  readonly clusters: PlannedCluster[];
  /** Base configuration and add-ons of the clusters; absent where none takes part in them. */
  readonly baseline?: BaselinePlan;
  /** Which clusters move in this run, which wait, and for what. */
  readonly rollout: Rollout;
  /** What a person should know about this run, in order of cluster name. */
  readonly notes: readonly string[];
}

/** One cluster as this run declares it. Members that say nothing are absent, for each counts in the state. */
export interface PlannedCluster {
  readonly name: string;
  readonly region: string;
  /** Class family, or `plain`. */
  readonly family: string;
  /** The class revision that the cluster is pointed at in this run; absent on plain clusters. */
  readonly className?: string;
  /** Absent on plain clusters. */
  readonly version?: string;
  /** Version that the configuration asks for, where this run declares another. */
  readonly targetVersion?: string;
  /** Absent where the provider runs the control plane, and on plain clusters. */
  readonly controlPlaneReplicas?: number;
  /** Sorted by name. */
  readonly workers: PlannedWorkers[];
  /** Managed node groups of EKS, beside the topology; sorted by name. */
  readonly nodeGroups?: PlannedNodeGroup[];
  /** Of a plain cluster. */
  readonly infrastructureRef?: ObjectRef;
  readonly controlPlaneRef?: ObjectRef;
  /** AWS account, where it is not the management cluster's. */
  readonly account?: string;
  /** Values of the class's variables; sorted by name. */
  readonly variables?: TopologyVariable[];
  /** Of clusters on AWS. */
  readonly apiAccess?: ApiAccess;
  readonly podRanges?: string[];
  readonly serviceRanges?: string[];
  readonly stage?: string;
  /** Absent where it takes no part in the base configuration. */
  readonly base?: ClusterBaseline;
  /** The user's own; sorted by key. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The step of a rollout that it takes in this run, or took last; absent where it never took one. */
  readonly step?: StepRecord;
  /** Sorted by rule. */
  readonly waivers?: Waiver[];
  readonly paused?: true;
  /** The engine refuses to delete it. */
  readonly protect: boolean;
  /** First step of a decommission: the cluster is marked and loses its protection. */
  readonly decommission: boolean;
}

/** A machine deployment of a cluster's topology. */
export interface PlannedWorkers {
  readonly name: string;
  /** Worker class that it is made from. */
  readonly class: string;
  /** Absent where the autoscaler decides. */
  readonly replicas?: number;
  /** Fewest and most machines that the autoscaler leaves; absent where it does not decide. */
  readonly min?: number;
  readonly max?: number;
  /** On AWS: the pool of the stack file that it is a part of, its zone, and its own values of the class's variables. */
  readonly pool?: string;
  readonly failureDomain?: string;
  readonly variables?: TopologyVariable[];
}
