import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import {
  CLASS,
  DECOMMISSION,
  DELETION_PROPAGATION,
  ENVIRONMENT,
  FIELD_MANAGER,
  MANAGED_BY,
  MANAGER,
  REGION,
} from "../../fleet/labels";
import { typeToken } from "../type-token";

export interface WorkerPoolArgs {
  /** Name of the machine deployment within the cluster. */
  name: pulumi.Input<string>;
  /** Number of worker machines. */
  replicas: pulumi.Input<number>;
}

export interface WorkloadClusterArgs {
  /** Name of the `Cluster` object; plain. Another name is another cluster. */
  clusterName: string;
  /** Namespace on the management cluster; a change would be another cluster. */
  namespace: pulumi.Input<string>;
  /** Environment that the cluster belongs to; becomes a label. */
  environment: pulumi.Input<string>;
  /** Region that it runs in; becomes a label. */
  region: pulumi.Input<string>;
  /** Family of its class, e.g. `in-memory-kubeadm`; becomes a label. */
  classFamily: pulumi.Input<string>;
  /** Published ClusterClass revision, `<family>-<hash>`. A change rolls the machines that it concerns, one by one. */
  className: pulumi.Input<string>;
  /** Kubernetes version with its `v`, e.g. `v1.35.2`. A change rolls every machine, control plane first. */
  version: pulumi.Input<string>;
  /** Number of control-plane machines, odd; absent where the provider runs the control plane. */
  controlPlaneReplicas?: pulumi.Input<number>;
  /** Worker pools. Removing one removes its machines. */
  workers: WorkerPoolArgs[];
  /** The engine refuses to delete the cluster while this holds; plain. Default: false. */
  protectCluster?: boolean;
  /** First step of a decommission: marks the live object as about to go; plain. Default: false. */
  decommission?: boolean;
}

/**
 * One workload cluster: a single `Cluster` object, made from a class. Cluster API builds and keeps everything else.
 *
 * The object is declared, not awaited: a cluster takes minutes to come up, and its state is observed
 * (`npm run fleet -- status`) instead of holding the stack's lock. Deleting it deletes the cluster's machines; the
 * run waits up to 30 minutes for that.
 *
 * @example
 * new WorkloadCluster("prod-us-west-2", {
 *   clusterName: "prod-us-west-2", namespace: "production", environment: "production", region: "us-west-2",
 *   classFamily: "in-memory-kubeadm", className: "in-memory-kubeadm-0a1b2c3d4e", version: "v1.35.2",
 *   controlPlaneReplicas: 3, workers: [{ name: "default", replicas: 5 }],
 * }, { provider });
 */
export class WorkloadCluster extends pulumi.ComponentResource {
  /** Name of the `Cluster` object. */
  readonly clusterName: pulumi.Output<string>;

  constructor(name: string, args: WorkloadClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("WorkloadCluster"), name, args, opts);

    const cluster = new CustomResource(
      `${name}-cluster`,
      {
        apiVersion: "cluster.x-k8s.io/v1beta2",
        kind: "Cluster",
        metadata: {
          name: args.clusterName,
          namespace: args.namespace,
          labels: labels(args),
          annotations: annotations(args),
        },
        spec: { clusterNetwork: CLUSTER_NETWORK, topology: topology(args) },
      },
      {
        parent: this,
        protect: args.protectCluster ?? false,
        customTimeouts: { delete: "30m" },
      },
    );

    this.clusterName = cluster.metadata.name;
    this.registerOutputs({ clusterName: this.clusterName });
  }
}

function labels({ environment, region, classFamily }: WorkloadClusterArgs) {
  return { [MANAGED_BY]: MANAGER, [ENVIRONMENT]: environment, [REGION]: region, [CLASS]: classFamily };
}

function annotations({ clusterName, decommission }: WorkloadClusterArgs) {
  return {
    // Foreground deletion of a Cluster never ends: machines and control plane would wait for each other.
    [DELETION_PROPAGATION]: "background",
    [FIELD_MANAGER]: MANAGER,
    ...(decommission === true ? { [DECOMMISSION]: clusterName } : {}),
  };
}

/** Ranges inside the workload cluster; each cluster has its own network, so all may use the same. */
const CLUSTER_NETWORK = {
  pods: { cidrBlocks: ["192.168.0.0/16"] },
  services: { cidrBlocks: ["10.128.0.0/12"] },
  serviceDomain: "cluster.local",
};

function topology({ className, version, controlPlaneReplicas, workers }: WorkloadClusterArgs) {
  return {
    classRef: { name: className },
    version,
    ...(controlPlaneReplicas === undefined ? {} : { controlPlane: { replicas: controlPlaneReplicas } }),
    ...(workers.length === 0
      ? {}
      : { workers: { machineDeployments: workers.map((pool) => ({ class: "default-worker", ...pool })) } }),
  };
}
