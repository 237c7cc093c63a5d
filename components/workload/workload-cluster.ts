import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import { clusterAnnotations, clusterLabels } from "../../fleet/cluster-labels";
import { typeToken } from "../type-token";

export interface WorkerPoolArgs {
  /** Name of the machine deployment within the cluster. */
  name: pulumi.Input<string>;
  /** Number of worker machines. */
  replicas: pulumi.Input<number>;
}

/** An object in the cluster's namespace. */
export interface ObjectRefArgs {
  /** API group without version, e.g. `infrastructure.cluster.x-k8s.io`. */
  apiGroup: string;
  /** Kind, e.g. `AWSCluster`. */
  kind: string;
  /** Name. */
  name: string;
}

/** Leave for the cluster to break one policy rule for a time; becomes an annotation. */
export interface WaiverArgs {
  /** Name of the rule. */
  rule: string;
  /** Last day on which it holds, YYYY-MM-DD in UTC. */
  until: string;
  /** Why. */
  reason: string;
}

export interface WorkloadClusterArgs {
  /** Name of the `Cluster` object; plain. Another name is another cluster. */
  clusterName: string;
  /** Namespace on the management cluster; a change would be another cluster. */
  namespace: pulumi.Input<string>;
  /** Environment that the cluster belongs to; becomes a label; plain. */
  environment: string;
  /** Region that it runs in; becomes a label; plain. */
  region: string;
  /** Family of its class, e.g. `in-memory-kubeadm`, or `plain`; becomes a label; plain. */
  classFamily: string;
  /**
   * Published ClusterClass revision, `<family>-<hash>`. A change rolls the machines that it concerns, one by one. Absent
   * on a plain cluster, which has no topology.
   */
  className?: pulumi.Input<string>;
  /** Kubernetes version with its `v`, e.g. `v1.35.2`. A change rolls every machine, control plane first. */
  version?: pulumi.Input<string>;
  /** Number of control-plane machines, odd; absent where the provider runs the control plane. */
  controlPlaneReplicas?: pulumi.Input<number>;
  /** Worker pools. Removing one removes its machines. */
  workers: WorkerPoolArgs[];
  /** Infrastructure object of a plain cluster; plain. */
  infrastructureRef?: ObjectRefArgs;
  /** Control plane object of a plain cluster; plain. Absent where the infrastructure brings its own. */
  controlPlaneRef?: ObjectRefArgs;
  /** Pod ranges; fixed once the cluster is made. Default: Cluster API's. */
  podRanges?: string[];
  /** Service ranges; fixed once the cluster is made. Default: Cluster API's. */
  serviceRanges?: string[];
  /** Rollout stage; becomes a label. */
  stage?: string;
  /** Further labels; plain. The fleet's own keys win. */
  labels?: Record<string, string>;
  /** Further annotations; plain. The fleet's own keys win. */
  annotations?: Record<string, string>;
  /** Policy rules that the cluster may break for a time; each becomes an annotation; plain. */
  waivers?: WaiverArgs[];
  /** Cluster API leaves a paused cluster alone: no repair, no upgrade, no deletion. Default: false. */
  paused?: boolean;
  /** The engine refuses to delete the cluster while this holds; plain. Default: false. */
  protectCluster?: boolean;
  /** First step of a decommission: marks the live object as about to go; plain. Default: false. */
  decommission?: boolean;
}

/**
 * One workload cluster: a single `Cluster` object. Made from a class, Cluster API builds and keeps everything else; a
 * plain one stands on an infrastructure object and a control plane object that somebody else made and keeps.
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
          labels: clusterLabels({ ...args, class: args.classFamily }),
          annotations: clusterAnnotations({
            ...args,
            name: args.clusterName,
            decommission: args.decommission ?? false,
          }),
        },
        spec: {
          ...(args.paused === true ? { paused: true } : {}),
          ...clusterNetwork(args),
          ...(args.className === undefined ? references(args) : { topology: topology(args) }),
        },
      },
      {
        parent: this,
        dependsOn: opts?.dependsOn,
        protect: args.protectCluster ?? false,
        customTimeouts: { delete: "30m" },
      },
    );

    this.clusterName = cluster.metadata.name;
    this.registerOutputs({ clusterName: this.clusterName });
  }
}

/** Empty values mean something else than absent ones to Cluster API, and are refused. */
function clusterNetwork({ podRanges = [], serviceRanges = [], className }: WorkloadClusterArgs) {
  const clusterNetwork = {
    ...(podRanges.length === 0 ? {} : { pods: { cidrBlocks: podRanges } }),
    ...(serviceRanges.length === 0 ? {} : { services: { cidrBlocks: serviceRanges } }),
    ...(className === undefined ? {} : { serviceDomain: "cluster.local" }),
  };
  return Object.keys(clusterNetwork).length === 0 ? {} : { clusterNetwork };
}

function references({ infrastructureRef, controlPlaneRef }: WorkloadClusterArgs) {
  return { infrastructureRef, ...(controlPlaneRef === undefined ? {} : { controlPlaneRef }) };
}

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
