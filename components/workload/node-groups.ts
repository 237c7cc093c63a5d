import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

import { EKS_KUBELET } from "../../fleet/classes/aws-eks";
import { canonicalJson } from "../../fleet/content-hash";
import { DECLARED, DELETION_PROPAGATION, POOL } from "../../fleet/labels";
import { owned } from "../owned";
import { autoscalerAnnotations } from "./autoscaler-annotations";

/** A managed node group of EKS. */
export interface NodeGroupArgs {
  /** Name of the group and of its objects; another name is another group beside it. */
  name: string;
  /** Pool of the stack file. */
  pool: string;
  /** Kubernetes version with its `v`. A change replaces its machines, one by one. */
  version: string;
  /** Number of machines; absent where the autoscaler decides. */
  replicas?: number;
  /** Fewest machines that the autoscaler leaves. */
  min?: number;
  /** Most machines that the autoscaler makes. */
  max?: number;
  /** Spec of the AWSManagedMachinePool. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- schema inference knows no other word for "any object"
  machines: any;
}

/** The cluster that a node group belongs to. */
export interface NodeGroupHome {
  readonly clusterName: string;
  readonly namespace: pulumi.Input<string>;
  readonly cluster: pulumi.Resource;
  readonly parent: pulumi.Resource;
}

/**
 * A managed node group: a MachinePool, the machines that EKS makes for it, and how they join. It goes with its cluster,
 * or by the MachinePool alone: Cluster API deletes what the pool is made of, in the right order.
 */
export function createNodeGroup(name: string, group: NodeGroupArgs, home: NodeGroupHome): CustomResource {
  const inner = { parent: home.parent, dependsOn: home.cluster, retainOnDelete: true };
  const machines = part(name, "machines", group, home, inner, INFRASTRUCTURE, "AWSManagedMachinePool", group.machines);
  const joining = part(name, "joining", group, home, inner, BOOTSTRAP, "NodeadmConfig", {
    kubelet: { config: EKS_KUBELET },
  });
  const { labels, annotations } = owned();
  const clusterName = home.clusterName;
  return new CustomResource(
    `${name}-${group.name}`,
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "MachinePool",
      metadata: {
        name: group.name,
        namespace: home.namespace,
        labels: { ...labels, [POOL]: group.pool },
        annotations: {
          ...annotations,
          ...autoscalerAnnotations(group),
          [DECLARED]: canonicalJson({ ...group }),
          [DELETION_PROPAGATION]: "background",
        },
      },
      spec: {
        clusterName,
        ...(group.replicas === undefined ? {} : { replicas: group.replicas }),
        template: {
          spec: {
            clusterName,
            version: group.version,
            bootstrap: { configRef: reference(BOOTSTRAP, "NodeadmConfig", group.name) },
            infrastructureRef: reference(INFRASTRUCTURE, "AWSManagedMachinePool", group.name),
          },
        },
      },
    },
    {
      parent: home.parent,
      dependsOn: [machines, joining],
      deletedWith: home.cluster,
      customTimeouts: { delete: "30m" },
    },
  );
}

const BOOTSTRAP = "bootstrap.cluster.x-k8s.io";
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";

function part(
  name: string,
  role: string,
  group: NodeGroupArgs,
  { namespace }: NodeGroupHome,
  opts: pulumi.CustomResourceOptions,
  apiGroup: string,
  kind: string,
  spec: object,
): CustomResource {
  return new CustomResource(
    `${name}-${group.name}-${role}`,
    { apiVersion: `${apiGroup}/v1beta2`, kind, metadata: { name: group.name, namespace, ...owned() }, spec },
    opts,
  );
}

function reference(apiGroup: string, kind: string, name: string) {
  return { apiGroup, kind, name };
}
