import { Namespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

import { ENVIRONMENT, FIELD_MANAGER, MANAGED_BY, MANAGER } from "../fleet/labels";
import { ManagementCluster, type ManagementClusterArgs } from "./management/management-cluster";
import { typeToken } from "./type-token";
import { ClusterClasses, type ClassRevisionArgs } from "./workload/cluster-classes";
import { WorkloadCluster, type WorkerPoolArgs } from "./workload/workload-cluster";

/** One cluster of a fleet; all plain, so that fleet-wide policies can judge it in every preview. */
export interface FleetClusterArgs {
  /** Name of the cluster. */
  name: string;
  /** Region that it runs in. */
  region: string;
  /** Family of its class. */
  family: string;
  /** Class revision that it is pointed at. */
  className: string;
  /** Kubernetes version with its `v`. */
  version: string;
  /** Control-plane machines; absent where the provider runs the control plane. */
  controlPlaneReplicas?: number;
  /** Worker pools. */
  workers: WorkerPoolArgs[];
  /** The engine refuses to delete it. */
  protect: boolean;
  /** Marked for decommission. */
  decommission: boolean;
}

export interface FleetArgs {
  /** Environment, e.g. `production`; plain. */
  environment: string;
  /** Namespace of the environment on the management cluster; plain. */
  namespace: string;
  /** The management cluster. */
  management: ManagementClusterArgs;
  /** Class revisions to publish. */
  classes: ClassRevisionArgs[];
  /** The workload clusters. */
  clusters: FleetClusterArgs[];
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
    const namespace = createNamespace(name, args, this, management);
    const classes = new ClusterClasses(
      `${name}-classes`,
      { namespace: namespace.metadata.name, classes: args.classes },
      onManagement,
    );
    const clusters = args.clusters.map(
      ({ name: clusterName, family, protect, ...cluster }) =>
        new WorkloadCluster(
          `${name}-${clusterName}`,
          {
            ...cluster,
            clusterName,
            namespace: namespace.metadata.name,
            environment: args.environment,
            classFamily: family,
            protectCluster: protect,
            // A cluster waits until the classes are published, whichever it names.
            className: classes.names.apply(() => cluster.className),
          },
          onManagement,
        ),
    );

    this.clusterNames = pulumi.all(clusters.map((cluster) => cluster.clusterName));
    this.classNames = classes.names;
    this.registerOutputs({ clusterNames: this.clusterNames, classNames: this.classNames });
  }
}

function createNamespace(name: string, args: FleetArgs, parent: Fleet, management: ManagementCluster): Namespace {
  return new Namespace(
    `${name}-namespace`,
    {
      metadata: {
        name: args.namespace,
        labels: { [MANAGED_BY]: MANAGER, [ENVIRONMENT]: args.environment },
        annotations: { [FIELD_MANAGER]: MANAGER },
      },
    },
    { parent, provider: management.provider },
  );
}
