import { baselineNotes, clusterBaseline, planBaseline } from "./baseline/plan";
import { IN_MEMORY_WORKER_CLASS } from "./classes/in-memory-kubeadm";
import { classRevisions } from "./classes/revisions";
import { clusterChanges, describeChange } from "./changes";
import { type ClusterConfig, type FleetConfig, type TopologyClusterConfig } from "./config/config";
import { takenProblems } from "./config/checks/network";
import { FleetConfigError, type Problem } from "./config/problems";
import { isOnAws, PLAIN } from "./families";
import { liveProblems } from "./live-problems";
import { DECOMMISSION } from "./labels";
import { type Observed, type ObservedCluster } from "./observed";
import { addressPlan, type ClusterRanges } from "./network/address-plan";
import { apiAccess } from "./network/reach";
import { isOurs } from "./ownership";
import { type AwsSide } from "./topology/aws-side";
import { awsTopology } from "./topology/aws-topology";
import { eksVersion } from "./topology/eks-version";
import { nodeGroups } from "./topology/node-groups";
import { fixedVariableProblems } from "./topology/fixed-variables";
import { sideProblems } from "./topology/side-problems";
import { type FleetPlan, type PlannedCluster } from "./planned";

/** Ranges inside a workload cluster; each has its own network, so all may use the same. */
const POD_RANGES = ["192.168.0.0/16"];
const SERVICE_RANGES = ["10.128.0.0/12"];

/**
 * Decides what this run declares, from the configuration and from what lives.
 * @param side The management cluster's side in AWS, for clusters there.
 * @throws FleetConfigError when what lives forbids it, see `live-problems.ts`.
 */
export function planFleet(config: FleetConfig, observed: Observed, side: AwsSide): FleetPlan {
  const namespace = config.environment;
  const live = new Map(
    observed.clusters.filter((cluster) => cluster.namespace === namespace).map((cluster) => [cluster.name, cluster]),
  );
  refuse([...liveProblems(config, live), ...sideProblems(config, side), ...takenByManagement(config, side)]);

  const classes = classRevisions(config);
  const ranges = addressPlan(config.network, config.clusters);
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
    const target = classes.find(({ family }) => family === cluster.class)?.name;
    const className = classFor(target, alive, reconciled, config);
    const planned = plannedCluster({ name, cluster, className, alive, ranges: ranges.get(name) }, config, side);
    notes.push(...adoptionNotes(planned, cluster, alive, config), ...moveNotes(name, className, target, reconciled));
    return [planned];
  });
  refuse(clusters.flatMap((planned) => fixedVariableProblems(planned, live.get(planned.name))));
  const { environment, addOns } = config;
  notes.push(...baselineNotes(clusters, addOns));
  const baseline = planBaseline(environment, clusters, config.clusters, addOns);
  return { environment, namespace, classes, clusters, ...(baseline === undefined ? {} : { baseline }), notes };
}

/** Where another stack builds the management cluster, its network is known only now. */
function takenByManagement(config: FleetConfig, { range }: AwsSide): Problem[] {
  return range === undefined || config.management.kind === "eks"
    ? []
    : takenProblems(config, [{ name: "the management cluster's network", range }]);
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new FleetConfigError(problems, "The fleet cannot be declared as configured");
}

/** The Kubernetes version of each cluster with a topology, for stacks that take this environment as their peer. */
export function declaredVersions({ clusters }: FleetPlan): Record<string, string> {
  return Object.fromEntries(clusters.flatMap(({ name, version }) => (version === undefined ? [] : [[name, version]])));
}

/**
 * Publish in one run, move in a later one: Cluster API refuses to point an existing cluster at a class that it has not
 * reconciled, and a preview cannot show the move before that. A new cluster may name a class of the same run; one that
 * is being adopted keeps its class in that run, so that adopting alone replaces nothing.
 */
function classFor(
  target: string | undefined,
  alive: ObservedCluster | undefined,
  reconciled: ReadonlySet<string>,
  config: FleetConfig,
): string | undefined {
  if (target === undefined || alive?.classRef === undefined) {
    return target;
  }
  return reconciled.has(target) && isOurs(alive, config.environment) ? target : alive.classRef;
}

/** What is known of a cluster before it is planned. */
interface Draft {
  readonly name: string;
  readonly cluster: ClusterConfig;
  readonly className: string | undefined;
  readonly alive: ObservedCluster | undefined;
  /** By the address plan; of clusters on AWS. */
  readonly ranges: ClusterRanges | undefined;
}

function plannedCluster(draft: Draft, config: FleetConfig, side: AwsSide): PlannedCluster {
  const { name, cluster, className } = draft;
  const decommission = config.decommission.includes(name);
  return withoutEmpty({
    name,
    region: cluster.region,
    family: cluster.class ?? PLAIN,
    className,
    version: cluster.class === "aws-eks" ? eksVersion(cluster.version) : cluster.version,
    controlPlaneReplicas: cluster.controlPlane?.replicas,
    ...topology(draft, config, side),
    infrastructureRef: cluster.infrastructureRef,
    controlPlaneRef: cluster.controlPlaneRef,
    ...networkRanges(draft),
    stage: cluster.stage,
    base: clusterBaseline(config.environment, cluster, draft.alive?.labels),
    labels: sorted(cluster.labels),
    annotations: sorted(cluster.annotations),
    waivers: sortedEntries(cluster.waivers).map(([rule, waiver]) => ({ rule, ...waiver })),
    paused: cluster.paused ? true : undefined,
    protect: config.environment === "production" && !decommission,
    decommission,
  });
}

function topology(
  draft: Draft,
  config: FleetConfig,
  side: AwsSide,
): Pick<PlannedCluster, "workers" | "nodeGroups" | "variables" | "apiAccess" | "account"> {
  const { name, cluster, ranges, alive } = draft;
  if (isOnAws(cluster.class ?? "") && ranges !== undefined) {
    const ofAws = cluster as TopologyClusterConfig;
    const { variables, workers } = awsTopology(name, ofAws, ranges, side, config);
    const groups = nodeGroups(name, ofAws, ranges, alive, side, config.classes["aws-eks"]);
    return {
      variables,
      workers,
      nodeGroups: groups,
      apiAccess: apiAccess(config.network.reach),
      account: cluster.account,
    };
  }
  const workers = sortedEntries(cluster.workers).map(([pool, { replicas, min }]) => ({
    name: pool,
    class: IN_MEMORY_WORKER_CLASS,
    replicas: replicas ?? min ?? 0,
  }));
  return { workers };
}

/**
 * What the configuration says; else what lives, for a cluster's network never changes; else what the address plan or the
 * default says. Pods of EKS have addresses of the VPC.
 */
function networkRanges({ cluster: { network, class: family }, alive, ranges }: Draft) {
  const byDefault = (ranges: string[]) => (alive === undefined && family !== undefined ? ranges : []);
  const chosen = (own: string | undefined, live: readonly string[] = [], others: string[]) =>
    own !== undefined ? [own] : live.length > 0 ? [...live] : others;
  return {
    podRanges:
      family === "aws-eks"
        ? []
        : chosen(
            network?.pods,
            alive?.declared.podRanges,
            byDefault(ranges === undefined ? POD_RANGES : [ranges.pods]),
          ),
    serviceRanges: chosen(
      network?.services,
      alive?.declared.serviceRanges,
      byDefault(ranges === undefined ? SERVICE_RANGES : [ranges.services]),
    ),
  };
}

/** What taking over changes, field by field: the engine shows it as a creation, for its state does not know the object. */
function adoptionNotes(
  planned: PlannedCluster,
  { adopt }: ClusterConfig,
  alive: ObservedCluster | undefined,
  config: FleetConfig,
): string[] {
  if (!adopt) {
    return [];
  }
  if (alive === undefined) {
    return [`${planned.name}: there is nothing to adopt; this run makes the cluster.`];
  }
  if (isOurs(alive, config.environment)) {
    return [`${planned.name}: is adopted. adopt may go from the stack file.`];
  }
  const changes = clusterChanges(planned, alive, config.environment);
  const lines = changes.map((change) => `\n    ${describeChange(change)}`);
  return [`${planned.name}: this run adopts the live cluster, in place. It changes:${lines.join("")}`];
}

/** A class that is published already is not moved to in this run only where the cluster is being adopted. */
function moveNotes(
  name: string,
  className: string | undefined,
  target: string | undefined,
  reconciled: ReadonlySet<string>,
): string[] {
  if (className === target || target === undefined) {
    return [];
  }
  return reconciled.has(target)
    ? [`${name}: the next run moves the cluster from class ${className} to ${target}.`]
    : [`${name}: class ${target} is published in this run; the next run moves the cluster from ${className}.`];
}

function decommissionNote(name: string, alive: ObservedCluster | undefined): string {
  return alive === undefined
    ? `${name}: is gone. Remove it from cluster-fleet:clusters and cluster-fleet:decommission.`
    : `${name}: was marked by an earlier run; this run deletes it.`;
}

function isMarked(cluster: ObservedCluster): boolean {
  return cluster.annotations[DECOMMISSION] === cluster.name;
}

/** Without members that are `undefined`, empty lists other than `workers`, or empty maps. */
function withoutEmpty(planned: PlannedCluster): PlannedCluster {
  const says = ([key, value]: [string, unknown]) =>
    value !== undefined &&
    (key === "workers" || typeof value !== "object" || value === null || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(planned).filter(says)) as unknown as PlannedCluster;
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(sortedEntries(record));
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
