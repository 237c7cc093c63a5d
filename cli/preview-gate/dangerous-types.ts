import { ENCRYPTION_SECRET } from "../../fleet/classes/kubeadm/encryption";
import { type Danger } from "../../fleet/config/schema/preview";
import { type ClassFamily } from "../../fleet/families";

/** Objects whose loss takes more with it than a run can bring back. */
export interface DangerousType {
  /** As the engine writes them; `*` stands for any API version, or for any name. */
  readonly types: readonly string[];
  /** Only the objects of that name; `*` as above. Default: all. */
  readonly named?: string;
  /** Names of those that may be deleted, for nothing goes with them; `*` as above. Default: none. */
  readonly freely?: string;
  /** They may be deleted once no cluster of this class stays. Default: never without a waiver. */
  readonly keptFor?: ClassFamily;
  /** What they are called in messages and waivers; the object's name follows. */
  readonly called: string;
  /** What goes with one: a sentence. */
  readonly loss: string;
  /** What to do instead, where there is more to say than to put back what was there: sentences. */
  readonly remedy?: Partial<Readonly<Record<Danger, string>>>;
}

/** A `Cluster` of Cluster API. */
export const WORKLOAD_CLUSTER = "kubernetes:cluster.x-k8s.io/*:Cluster";

/** All that the gate guards; no two take the same object. */
export const DANGEROUS_TYPES: readonly DangerousType[] = [
  {
    types: [WORKLOAD_CLUSTER],
    called: "cluster",
    loss: "Cluster API deletes its machines, its network and all that runs on it.",
    remedy: {
      delete:
        "Put its lines back under cluster-fleet:clusters. If it shall go, list its name under cluster-fleet:decommission " +
        "too, and run up twice.",
    },
  },
  {
    types: ["kubernetes:provisioning.cattle.io/*:Cluster", "kubernetes:management.cattle.io/*:Cluster"],
    called: "Rancher cluster",
    loss: "Rancher deletes the machines of a cluster that it made, and forgets who may use one that it imported.",
  },
  {
    types: ["kubernetes:controlplane.cluster.x-k8s.io/*:*ControlPlane"],
    called: "control plane",
    loss: "Its machines go, and with them etcd: all that is stored in the cluster.",
  },
  {
    types: ["kubernetes:infrastructure.cluster.x-k8s.io/*:*Cluster"],
    called: "cluster infrastructure",
    loss: "The network and the load balancer of the cluster go, and nobody reaches it any more.",
  },
  {
    types: ["aws:eks/cluster:Cluster"],
    called: "EKS cluster",
    loss: "All that runs on it goes; with the management cluster, Cluster API and what it knows of every cluster.",
  },
  {
    types: ["aws:ec2/vpc:Vpc"],
    called: "VPC",
    loss: "Everything in it has to go first: nodes, control plane, load balancers.",
  },
  {
    types: ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"],
    called: "KMS key",
    loss: "What was encrypted with it, such as every Secret of the cluster, can never be read again.",
  },
  {
    types: ["kubernetes:core/v1:Secret"],
    named: ENCRYPTION_SECRET,
    keptFor: "aws-kubeadm",
    called: "encryption key",
    loss: "No control plane of a kubeadm cluster can be replaced without it, and none reads its Secrets with another.",
  },
  {
    types: ["random:index/randomPassword:RandomPassword"],
    named: "*-encryption-origin",
    keptFor: "aws-kubeadm",
    called: "encryption key",
    loss: "Every cluster's key is derived from it: with another, no control plane reads its Secrets.",
  },
  {
    types: ["pulumi:providers:*"],
    // The engine's own, one for each release of an SDK: the next release has another.
    freely: "default_*",
    called: "provider",
    loss: "Everything that was declared through it goes with it, every cluster included.",
    remedy: {
      replace:
        "Put back what changes; of the management cluster's, that is its name, which is its clusterIdentifier. " +
        "A changed address or credential alone replaces nothing.",
    },
  },
  {
    types: ["kubernetes:operator.cluster.x-k8s.io/*:*Provider", "kubernetes:turtles-capi.cattle.io/*:CAPIProvider"],
    called: "Cluster API provider",
    loss: "Nobody repairs, changes or deletes clusters any more, and those that are being deleted hang for ever.",
  },
  {
    types: ["kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"],
    called: "CRD",
    loss: "Every object of its kind is deleted.",
  },
  {
    types: ["kubernetes:core/v1:Namespace"],
    called: "namespace",
    loss: "Everything in it is deleted; in an environment's, that is every cluster.",
  },
];

/** The entry that an object falls under; undefined for one that the gate does not guard. */
export function dangerousType(type: string, name: string): DangerousType | undefined {
  return DANGEROUS_TYPES.find(
    ({ types, named }) => types.some((pattern) => fits(pattern, type)) && (named === undefined || fits(named, name)),
  );
}

/** Whether a pattern of {@link DangerousType} matches the whole of a text. */
export function fits(pattern: string, text: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join("[^:]*")}$`).test(text);
}
