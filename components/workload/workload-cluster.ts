import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import { type ClusterBaseline } from "../../fleet/baseline/labels";
import { clusterAnnotations, clusterLabels } from "../../fleet/cluster-labels";
import { byName } from "../../fleet/sorted";
import { type ApiAccess, apiVariable } from "../../fleet/topology/api-access";
import { typeToken } from "../type-token";
import { autoscalerAnnotations } from "./autoscaler-annotations";
import { createNodeGroup, type NodeGroupArgs } from "./node-groups";
/** Value of a variable of the cluster's class. */
export interface TopologyVariableArgs {
  /** Name of the variable. */
  name: string;
  /** Its value, in the shape that the class's schema asks for. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  value: any;
}

export interface WorkerPoolArgs {
  /** Name of the machine deployment within the cluster. */
  name: pulumi.Input<string>;
  /** Worker class that it is made from, e.g. `spot`; another class replaces its machines. Default: `default-worker`. */
  class?: string;
  /** Number of worker machines; absent where the autoscaler decides. */
  replicas?: pulumi.Input<number>;
  /** Fewest machines that the autoscaler leaves; with `max`. */
  min?: number;
  /** Most machines that the autoscaler makes. */
  max?: number;
  /** Pool of the stack file that it is a part of; plain. */
  pool?: string;
  /** Zone of its machines, e.g. `us-west-2a`; plain. A change replaces them. Default: the provider's choice. */
  failureDomain?: string;
  /** Values of the class's variables for these machines; plain. A change replaces them, one by one. */
  variables?: TopologyVariableArgs[];
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

/** A step of a rollout; becomes an annotation. */
export interface StepArgs {
  /** Revision before it. */
  from: string;
  /** Revision that it declares. */
  to: string;
  /** When it began, ISO 8601. */
  started: string;
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
  /** Managed node groups beside its topology, for class aws-eks; plain. Removing one removes its machines. */
  nodeGroups?: NodeGroupArgs[];
  /** AWS account, where it is not the management cluster's; the policies judge by it; plain. */
  account?: string;
  /** Values of the class's variables; plain. What a change does depends on the class. */
  variables?: TopologyVariableArgs[];
  /** Who reaches its API, for classes on AWS: `public` (from {@link WorkloadClusterArgs.apiRanges}) or `private`; plain. */
  apiAccess?: string;
  /** Ranges from which the management cluster reaches it, for classes on AWS. A change takes effect at once. */
  apiRanges?: pulumi.Input<string[]>;
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
  /** Base configuration: revision, track of add-ons, switches; becomes labels; plain. Default: it takes no part in it. */
  base?: ClusterBaseline;
  /** Further labels; plain. The fleet's own keys win. */
  labels?: Record<string, string>;
  /** Further annotations; plain. The fleet's own keys win. */
  annotations?: Record<string, string>;
  /** The step of a rollout that it took last; becomes an annotation; plain. */
  step?: StepArgs;
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

    for (const group of args.nodeGroups ?? []) {
      createNodeGroup(name, group, { ...args, cluster, parent: this });
    }

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

function topology(args: WorkloadClusterArgs) {
  const { className, version, controlPlaneReplicas, workers } = args;
  const variables = topologyVariables(args);
  return {
    classRef: { name: className },
    version,
    ...(controlPlaneReplicas === undefined ? {} : { controlPlane: { replicas: controlPlaneReplicas } }),
    ...(workers.length === 0 ? {} : { workers: { machineDeployments: workers.map(machineDeployment) } }),
    ...(variables === undefined ? {} : { variables }),
  };
}

/** The ranges that reach the API may be known only once the management cluster is there. */
function topologyVariables({ variables = [], apiAccess, apiRanges = [], classFamily }: WorkloadClusterArgs) {
  if (apiAccess === undefined) return variables.length === 0 ? undefined : variables;
  return pulumi
    .output(apiRanges)
    .apply((ranges) => [...variables, apiVariable(classFamily, apiAccess as ApiAccess, ranges)].sort(byName));
}

function machineDeployment(workers: WorkerPoolArgs) {
  const { name, replicas, min, max, failureDomain, variables } = workers;
  const annotations = autoscalerAnnotations({ min, max });
  return {
    class: workers.class ?? "default-worker",
    name,
    ...(replicas === undefined ? {} : { replicas }),
    ...(failureDomain === undefined ? {} : { failureDomain }),
    ...(Object.keys(annotations).length === 0 ? {} : { metadata: { annotations } }),
    ...(variables === undefined ? {} : { variables: { overrides: variables } }),
  };
}
