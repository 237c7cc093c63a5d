import { Namespace, type Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

import { environmentNamespace } from "../fleet/environments/namespace";
import { type AutoscalerArgs } from "./baseline/autoscalers";
import { Baseline, type BaseRevisionArgs, publishedBase } from "./baseline/baseline";
import { ManagementCluster, type ManagementClusterArgs } from "./management/management-cluster";
import { typeToken } from "./type-token";
import { createEncryptionKeys } from "./workload/encryption-keys";
import { type NodeGroupArgs } from "./workload/node-groups";
import { ClusterClasses, publishedClass, type ClassRevisionArgs } from "./workload/cluster-classes";
import {
  type ObjectRefArgs,
  type StepArgs,
  type TopologyVariableArgs,
  type WaiverArgs,
  type WorkerPoolArgs,
  WorkloadCluster,
} from "./workload/workload-cluster";

/** What the base configuration makes of a cluster; each becomes a label. */
export interface ClusterBaselineArgs {
  /** Revision of the base configuration, `base-<hash>`. */
  revision: string;
  /** Track whose add-ons it has. */
  track: string;
  /** It has the monitoring agent. Default: false. */
  monitoring?: boolean;
  /** It has the log agent. Default: false. */
  logging?: boolean;
}

/** One cluster of a fleet; all plain, so that fleet-wide policies can judge it in every preview. */
export interface FleetClusterArgs {
  /** Name of the cluster. */
  name: string;
  /** Region that it runs in. */
  region: string;
  /** Family of its class, or `plain`. */
  family: string;
  /** Class revision that it is pointed at; absent on plain clusters. */
  className?: string;
  /** Kubernetes version with its `v`; absent on plain clusters. */
  version?: string;
  /** Version that the configuration asks for, where this run declares another. Default: `version`. */
  targetVersion?: string;
  /** Control-plane machines; absent where the provider runs the control plane. */
  controlPlaneReplicas?: number;
  /** Worker pools. */
  workers: WorkerPoolArgs[];
  /** Managed node groups beside its topology, for class aws-eks. */
  nodeGroups?: NodeGroupArgs[];
  /** AWS account, where it is not the management cluster's. */
  account?: string;
  /** Values of the class's variables. */
  variables?: TopologyVariableArgs[];
  /** Who reaches its API, for classes on AWS: `public` or `private`. */
  apiAccess?: string;
  /** Infrastructure object of a plain cluster. */
  infrastructureRef?: ObjectRefArgs;
  /** Control plane object of a plain cluster. */
  controlPlaneRef?: ObjectRefArgs;
  /** Pod ranges. */
  podRanges?: string[];
  /** Service ranges. */
  serviceRanges?: string[];
  /** Rollout stage. */
  stage?: string;
  /** Base configuration; absent where it takes no part in it. */
  base?: ClusterBaselineArgs;
  /** Labels of the user's. */
  labels?: Record<string, string>;
  /** Annotations of the user's. */
  annotations?: Record<string, string>;
  /** The step of a rollout that it took last. */
  step?: StepArgs;
  /** Policy rules that it may break for a time. */
  waivers?: WaiverArgs[];
  /** Cluster API leaves it alone. */
  paused?: boolean;
  /** The engine refuses to delete it. */
  protect: boolean;
  /** Marked for decommission. */
  decommission: boolean;
}

/** Base configuration and add-ons of a fleet's clusters, see {@link Baseline}; plain. */
export interface FleetBaselineArgs {
  /** Revisions of the base configuration. */
  revisions: BaseRevisionArgs[];
  /** Manifests of the `HelmChartProxy`s. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  addOns: any[];
  /** Clusters whose size follows their load. */
  autoscalers: AutoscalerArgs[];
}

/** What another environment runs. */
export interface PeerArgs {
  /** The environment, e.g. `staging`. */
  environment: string;
  /** Newest Kubernetes version of its clusters that are Available; absent where it has none. */
  newestVersion?: string;
}

export interface FleetArgs {
  /** Environment, e.g. `production`; plain. */
  environment: string;
  /** Namespace of the environment on the management cluster; plain. */
  namespace: string;
  /** The management cluster. */
  management: ManagementClusterArgs;
  /**
   * Whether this stack makes the namespace; plain. False where the stack that owns the management cluster makes it, with
   * the environment's rights. Default: true.
   */
  createNamespace?: boolean;
  /** Class revisions to publish. */
  classes: ClassRevisionArgs[];
  /** The workload clusters. */
  clusters: FleetClusterArgs[];
  /** Base configuration and add-ons of the clusters; its namespace is the fleet's. Default: none. */
  baseline?: FleetBaselineArgs;
  /** Ranges from which the management cluster reaches the APIs of clusters on AWS. Default: none. */
  apiRanges?: pulumi.Input<string[]>;
  /** How the management cluster reaches clusters on AWS, e.g. `peering`; the cost policy judges by it. */
  reach?: string;
  /** Most that the clusters may cost in a month, USD; the cost policy judges by it. Default: no limit. */
  monthlyCostLimit?: number;
  /** Environments that must be at least as new as this one; the promotion-order policy judges by them. */
  peers?: PeerArgs[];
  /** Corrections of the support calendar, as in `cluster-fleet:versions`; the version policies judge by them. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  versionOverrides?: any;
}

/**
 * An environment's whole fleet: the management cluster it is declared on, its namespace, its cluster classes and its
 * workload clusters. It is the first resource of a stack and its inputs are the fleet's facts, so a policy sees the
 * fleet as a whole, in preview, before any child.
 *
 * @example
 * new Fleet("production", { environment: "production", namespace: "production", management, classes, clusters });
 */
export class Fleet extends pulumi.ComponentResource {
  /** Names of the declared clusters. */
  readonly clusterNames: pulumi.Output<string[]>;
  /** Names of the declared class revisions. */
  readonly classNames: pulumi.Output<string[]>;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Fleet"), name, args, opts);

    const management = new ManagementCluster(`${name}-management`, args.management, { parent: this });
    const onManagement = { parent: this, providers: { kubernetes: management.provider } };
    const namespace = (args.createNamespace ?? true) ? createNamespace(name, args, this, management) : undefined;
    const classes = new ClusterClasses(
      `${name}-classes`,
      { namespace: namespace?.metadata.name ?? args.namespace, classes: args.classes },
      onManagement,
    );
    const keys = createKeys(name, args, this, management, namespace);
    const baseline =
      args.baseline &&
      new Baseline(
        `${name}-base`,
        { ...args.baseline, namespace: args.namespace },
        {
          ...onManagement,
          dependsOn: namespace ?? [],
        },
      );
    const clusters = args.clusters.map(
      ({ name: clusterName, family, protect, targetVersion: _target, ...cluster }) =>
        new WorkloadCluster(
          `${name}-${clusterName}`,
          {
            ...cluster,
            clusterName,
            namespace: args.namespace,
            environment: args.environment,
            classFamily: family,
            protectCluster: protect,
            ...(cluster.apiAccess === undefined ? {} : { apiRanges: args.apiRanges }),
          },
          // Plain inputs and one dependency: at 1,000 clusters, each output and each further edge is paid for in the state.
          {
            ...onManagement,
            dependsOn: [
              publishedClass(classes, cluster.className) ?? namespace ?? [],
              (baseline && publishedBase(baseline, cluster.base?.revision)) ?? [],
              encryptsSecrets(family) ? (keys ?? []) : [],
            ].flat(),
          },
        ),
    );

    declared.set(this, new Map(args.clusters.map((each, index) => [each.name, clusters[index] as pulumi.Resource])));
    this.clusterNames = pulumi.all(clusters.map((cluster) => cluster.clusterName));
    this.classNames = classes.names;
    this.registerOutputs({ clusterNames: this.clusterNames, classNames: this.classNames });
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const declared = new WeakMap<Fleet, ReadonlyMap<string, pulumi.Resource>>();

/** The clusters by name, for what is made for one of them and goes before it. */
export function clustersOf(fleet: Fleet): ReadonlyMap<string, pulumi.Resource> {
  return declared.get(fleet) ?? new Map<string, pulumi.Resource>();
}

/** Keys of the clusters whose API server is ours to configure; undefined where there is none. */
function createKeys(
  name: string,
  args: FleetArgs,
  parent: Fleet,
  { provider }: ManagementCluster,
  namespace: Namespace | undefined,
): Secret | undefined {
  const clusters = args.clusters.filter(({ family }) => encryptsSecrets(family)).map((cluster) => cluster.name);
  return clusters.length === 0
    ? undefined
    : createEncryptionKeys(
        name,
        { namespace: namespace?.metadata.name ?? args.namespace, clusters },
        { parent, provider },
      );
}

function encryptsSecrets(family: string): boolean {
  return family === "aws-kubeadm";
}

function createNamespace(name: string, args: FleetArgs, parent: Fleet, management: ManagementCluster): Namespace {
  return new Namespace(
    `${name}-namespace`,
    {
      metadata: { name: args.namespace, ...environmentNamespace(args.environment) },
    },
    { parent, provider: management.provider },
  );
}
