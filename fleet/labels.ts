/**
 * Label and annotation keys that cluster-fleet writes on the objects it declares. They are the fleet's public
 * vocabulary: selectors, policies and other teams' tools rely on them, so a key is never renamed.
 */

/** Who declares the object; always {@link MANAGER}. An object of ours that lacks it is somebody else's. */
export const MANAGED_BY = "app.kubernetes.io/managed-by";

/** Value of {@link MANAGED_BY}, and the server-side-apply field manager of every object we declare. */
export const MANAGER = "cluster-fleet";

/** The environment (one per stack) that the object belongs to, e.g. `production`. */
export const ENVIRONMENT = "cluster-fleet.io/environment";

/** The region that a workload cluster runs in, e.g. `us-west-2`. */
export const REGION = "cluster-fleet.io/region";

/** The family of cluster class, e.g. `in-memory-kubeadm`, or `plain`; on class objects and on clusters. */
export const CLASS = "cluster-fleet.io/class";

/** On nodes: the worker pool that they belong to, e.g. `default`. */
export const POOL = "cluster-fleet.io/pool";

/** On MachinePools: what an earlier run declared of the node group, so that a later one can go on declaring it. */
export const DECLARED = "cluster-fleet.io/declared";

/** The rollout stage that a workload cluster is in, where stages are declared, e.g. `canary`. */
export const STAGE = "cluster-fleet.io/stage";

/** Labels that every `Cluster` carries, in the order in which messages name them. */
export const REQUIRED_CLUSTER_LABELS = [MANAGED_BY, ENVIRONMENT, REGION, CLASS] as const;

/** On a `Cluster` that is about to go: holds the cluster's own name, so that a copied annotation means nothing. */
export const DECOMMISSION = "cluster-fleet.io/decommission";

/** On a `Cluster`: the step of a rollout that it took last, as JSON; see `fleet/rollout/step-record.ts`. */
export const STEP = "cluster-fleet.io/step";

/** Pulumi: how a deletion propagates. `Cluster` objects need `background`, see `policy/rules`. */
export const DELETION_PROPAGATION = "pulumi.com/deletionPropagationPolicy";

/** Pulumi: the field manager of server-side apply. Fixed, so that an interrupted run can be taken up again. */
export const FIELD_MANAGER = "pulumi.com/patchFieldManager";

/** On machine deployments of the autoscaler: fewest and most machines that it may leave or make. */
export const AUTOSCALER_MIN_SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
export const AUTOSCALER_MAX_SIZE = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size";
