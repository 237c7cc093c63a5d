import { inMemoryKubeadm } from "./classes/in-memory-kubeadm";
import { type ClassRevision } from "./classes/class-revision";
import { FleetConfigError, type Problem } from "./config/problems";
import { type ClassFamily, type ClusterConfig, type FleetConfig } from "./config/schema";
import { DECOMMISSION, ENVIRONMENT, MANAGED_BY, MANAGER } from "./labels";
import { type Observed, type ObservedCluster } from "./observed";

/** All that a run declares, as plain data: equal for equal configuration and equal observation. */
export interface FleetPlan {
  readonly environment: string;
  /** Where the environment's objects live on the management cluster. */
  readonly namespace: string;
  /** Sorted by family. */
  readonly classes: ClassRevision[];
  /** Sorted by name. */
  readonly clusters: PlannedCluster[];
  /** What a person should know about this run, in order of cluster name. */
  readonly notes: readonly string[];
}

export interface PlannedCluster {
  readonly name: string;
  readonly region: string;
  readonly family: string;
  /** The class revision that the cluster is pointed at in this run. */
  readonly className: string;
  readonly version: string;
  /** Absent where the provider runs the control plane. */
  readonly controlPlaneReplicas?: number;
  /** Sorted by name. */
  readonly workers: PlannedWorkers[];
  /** The engine refuses to delete it. */
  readonly protect: boolean;
  /** First step of a decommission: the cluster is marked and loses its protection. */
  readonly decommission: boolean;
}

export interface PlannedWorkers {
  readonly name: string;
  readonly replicas: number;
}

/**
 * Decides what this run declares, from the configuration and from what lives.
 * @throws FleetConfigError when what lives forbids it: a foreign object under the name of a cluster of ours, or a
 * cluster of ours that is in no list any more.
 */
export function planFleet(config: FleetConfig, observed: Observed): FleetPlan {
  const namespace = config.environment;
  const live = new Map(
    observed.clusters.filter((cluster) => cluster.namespace === namespace).map((cluster) => [cluster.name, cluster]),
  );
  refuse([...foreignClusters(config, live), ...forgottenClusters(config, live)]);

  const classes = classRevisions(config);
  const reconciled = new Set(
    observed.classes.filter((each) => each.namespace === namespace && each.reconciled).map((each) => each.name),
  );
  const notes: string[] = [];
  const clusters = sortedEntries(config.clusters).flatMap(([name, cluster]) => {
    const alive = live.get(name);
    if (config.decommission.includes(name) && (alive === undefined || isMarked(alive))) {
      notes.push(decommissionNote(name, alive));
      return [];
    }
    const target = classes.find(({ family }) => family === cluster.class)?.name ?? "";
    const className = classFor(target, alive, reconciled);
    if (className !== target) {
      notes.push(
        `${name}: class ${target} is published in this run; the next run moves the cluster from ${className}.`,
      );
    }
    return [plannedCluster(name, cluster, className, config)];
  });
  return { environment: config.environment, namespace, classes, clusters, notes };
}

/**
 * Publish in one run, move in a later one: Cluster API refuses to point an existing cluster at a class that it has not
 * reconciled, and a preview cannot show the move before that. A new cluster may name a class of the same run.
 */
function classFor(target: string, alive: ObservedCluster | undefined, reconciled: ReadonlySet<string>): string {
  return alive?.classRef === undefined || reconciled.has(target) ? target : alive.classRef;
}

function plannedCluster(name: string, cluster: ClusterConfig, className: string, config: FleetConfig): PlannedCluster {
  const decommission = config.decommission.includes(name);
  return {
    name,
    region: cluster.region,
    family: cluster.class,
    className,
    version: cluster.version,
    controlPlaneReplicas: cluster.controlPlane?.replicas,
    workers: sortedEntries(cluster.workers).map(([pool, { replicas, min }]) => ({
      name: pool,
      replicas: replicas ?? min ?? 0,
    })),
    protect: config.environment === "production" && !decommission,
    decommission,
  };
}

function classRevisions(config: FleetConfig): ClassRevision[] {
  const families = new Set(Object.values(config.clusters).map((cluster) => cluster.class));
  return [...families].sort().map((family) => classRevision(family, config));
}

function classRevision(family: ClassFamily, config: FleetConfig): ClassRevision {
  if (family !== "in-memory-kubeadm") {
    throw new Error(`class family ${family} has no builder; refuseUnbuilt() lets it pass unseen`);
  }
  return inMemoryKubeadm(config.classes[family]);
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new FleetConfigError(problems, "The fleet cannot be declared as configured");
  }
}

/** An object of the same name that somebody else made: declaring ours would take it over unasked. */
function foreignClusters(config: FleetConfig, live: ReadonlyMap<string, ObservedCluster>): Problem[] {
  return Object.keys(config.clusters)
    .filter((name) => {
      const alive = live.get(name);
      return alive !== undefined && !isOurs(alive, config);
    })
    .map((name) => ({
      path: `clusters.${name}`,
      what: `exists on the management cluster, but was not made by the ${config.environment} stack of cluster-fleet`,
      got: live.get(name)?.labels[MANAGED_BY] ?? "no owner label",
      remedy: "Choose another name, or delete the other cluster first",
    }));
}

/** A cluster of ours that the configuration no longer lists: never deleted by an edit alone. */
function forgottenClusters(config: FleetConfig, live: ReadonlyMap<string, ObservedCluster>): Problem[] {
  return [...live.values()]
    .filter((alive) => isOurs(alive, config) && config.clusters[alive.name] === undefined)
    .filter((alive) => !isMarked(alive) && !alive.deleting)
    .map(({ name }) => ({
      path: `clusters.${name}`,
      what: "was removed, but the cluster lives",
      remedy: `Put it back, list ${name} under cluster-fleet:decommission, and run up twice; then remove it from both`,
    }));
}

function decommissionNote(name: string, alive: ObservedCluster | undefined): string {
  return alive === undefined
    ? `${name}: is gone. Remove it from cluster-fleet:clusters and cluster-fleet:decommission.`
    : `${name}: was marked by an earlier run; this run deletes it.`;
}

function isOurs(cluster: ObservedCluster, config: FleetConfig): boolean {
  return cluster.labels[MANAGED_BY] === MANAGER && cluster.labels[ENVIRONMENT] === config.environment;
}

function isMarked(cluster: ObservedCluster): boolean {
  return cluster.annotations[DECOMMISSION] === cluster.name;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
