import { heldNotes } from "./baseline/held-revisions";
import { type BaselineMember, baselineNotes, planBaseline } from "./baseline/plan";
import { type ManagementObject } from "./baseline/resource-sets";
import { addOnTracks, declaredProxies, type Track } from "./baseline/tracks";
import { classRevisions } from "./classes/revisions";
import { clusterChanges, describeChange } from "./changes";
import { type FleetConfig } from "./config/config";
import { takenProblems } from "./config/checks/network";
import { FleetConfigError, type Problem } from "./config/problems";
import { liveProblems } from "./live-problems";
import { DECOMMISSION } from "./labels";
import { type Observed, type ObservedCluster } from "./observed";
import { addressPlan } from "./network/address-plan";
import { isOurs } from "./ownership";
import { type FleetPlan, type PlannedCluster } from "./planned";
import { adapterOf } from "./rollout/adapters";
import { type Candidate, candidate } from "./rollout/candidate";
import { liveBase } from "./rollout/held";
import { planRollout, rolloutInput, type RunLimits } from "./rollout/plan";
import { type Decision, type Rollout, type RolloutInput } from "./rollout/types";
import { sortedEntries } from "./sorted";
import { type AwsSide } from "./topology/aws-side";
import { fixedVariableProblems } from "./topology/fixed-variables";
import { sideProblems } from "./topology/side-problems";

/**
 * Decides what this run declares, from the configuration, from what lives, and from the time.
 * @param side The management cluster's side in AWS, for clusters there.
 * @throws FleetConfigError when what lives forbids it, see `live-problems.ts`.
 */
export function planFleet(config: FleetConfig, observed: Observed, side: AwsSide, limits: RunLimits): FleetPlan {
  const { environment, addOns } = config;
  const { classes, candidates, tracks, notes, live } = candidatesOf(config, observed, side);
  const reconciled = observed.classes.filter((each) => each.namespace === environment && each.reconciled);
  const rollout = planRollout(candidates, tracks, config, new Set(reconciled.map(({ name }) => name)), limits);
  const decided = decisionOf(rollout);
  const clusters = candidates.map((each) => adapterOf(each).declared(each, decided(each.name), config));
  notes.push(...clusters.flatMap((planned) => adoptionNotes(planned, config, live.get(planned.name))));
  notes.push(...baselineNotes(clusters, addOns));
  const baseline = planBaseline(
    environment,
    clusters,
    declaredFacts(config, clusters),
    addOns,
    addOnsOf(tracks, rollout),
    observed.baseTexts,
  );
  if (observed.baseTexts !== undefined) notes.push(...heldNotes(clusters, baseline?.revisions ?? []));
  return {
    environment,
    namespace: environment,
    classes,
    clusters,
    ...(baseline === undefined ? {} : { baseline }),
    rollout,
    notes,
  };
}

/**
 * What rollouts of the fleet are decided from, as if all its classes were published already: for looking ahead.
 * @throws FleetConfigError as {@link planFleet} does.
 */
export function rolloutAhead(config: FleetConfig, observed: Observed, side: AwsSide): RolloutInput {
  const { classes, candidates, tracks } = candidatesOf(config, observed, side);
  return rolloutInput(candidates, tracks, config, new Set(classes.map(({ name }) => name)));
}

/** The clusters that the configuration declares beside what lives of them. */
function candidatesOf(config: FleetConfig, observed: Observed, side: AwsSide) {
  const live = new Map(
    observed.clusters
      .filter((cluster) => cluster.namespace === config.environment)
      .map((cluster) => [cluster.name, cluster]),
  );
  refuse([...liveProblems(config, live), ...sideProblems(config, side), ...takenByManagement(config, side)]);

  const classes = classRevisions(config);
  const ranges = addressPlan(config.network, config.clusters);
  const notes: string[] = [];
  const candidates = sortedEntries(config.clusters).flatMap(([name, cluster]) => {
    const alive = live.get(name);
    if (config.decommission.includes(name) && (alive === undefined || isMarked(alive))) {
      notes.push(decommissionNote(name, alive));
      return [];
    }
    const className = classes.find(({ family }) => family === cluster.class)?.name;
    return [candidate({ name, cluster, className, alive, ranges: ranges.get(name) }, config, side)];
  });
  refuse(candidates.flatMap(({ target, alive }) => fixedVariableProblems(target, alive)));
  const proxies = (observed.addOns ?? []).filter((each) => each.namespace === config.environment);
  const tracks = addOnTracks(candidates.flatMap(asMembers), config.addOns, proxies);
  return { classes, candidates, tracks, notes, live };
}

/** A cluster as the configuration asks for it, and as it lives: an add-on stays until no cluster has it. */
function asMembers({ target, alive }: Candidate): BaselineMember[] {
  return alive === undefined ? [target] : [target, { ...target, base: liveBase(alive) }];
}

/** Add-ons that have to wait are declared as they live. */
function addOnsOf(tracks: readonly Track[], { addOns }: Rollout): ManagementObject[] {
  const waiting = new Set(
    addOns.flatMap(({ track, changes, action }) => (changes.length > 0 && action !== "step" ? [track] : [])),
  );
  return tracks.flatMap((track) => declaredProxies(track, !waiting.has(track.name)));
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new FleetConfigError(problems, "The fleet cannot be declared as configured");
}

/** A cluster without a decision would vanish from what is declared, and be deleted. */
function decisionOf({ decisions }: Rollout): (cluster: string) => Decision {
  const byName = new Map(decisions.map((decision) => [decision.cluster, decision]));
  return (cluster) => {
    const decision = byName.get(cluster);
    if (decision === undefined) throw new Error(`${cluster} is in none of the stages of the rollout.`);
    return decision;
  };
}

/** The configuration of the clusters, with the versions that this run declares. */
function declaredFacts(config: FleetConfig, clusters: readonly PlannedCluster[]) {
  const versions = new Map(clusters.map(({ name, version }) => [name, version]));
  return Object.fromEntries(
    Object.entries(config.clusters).map(([name, cluster]) => [name, { ...cluster, version: versions.get(name) }]),
  );
}

/** Where another stack builds the management cluster, its network is known only now. */
function takenByManagement(config: FleetConfig, { range }: AwsSide): Problem[] {
  return range === undefined || config.management.kind === "eks"
    ? []
    : takenProblems(config, [{ name: "the management cluster's network", range }]);
}

/** The Kubernetes version of each cluster with a topology, for stacks that take this environment as their peer. */
export function declaredVersions({ clusters }: FleetPlan): Record<string, string> {
  return Object.fromEntries(clusters.flatMap(({ name, version }) => (version === undefined ? [] : [[name, version]])));
}

/** What taking over changes, field by field: the engine shows it as a creation, for its state does not know the object. */
function adoptionNotes(planned: PlannedCluster, config: FleetConfig, alive: ObservedCluster | undefined): string[] {
  if (config.clusters[planned.name]?.adopt !== true) {
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

function decommissionNote(name: string, alive: ObservedCluster | undefined): string {
  return alive === undefined
    ? `${name}: is gone. Remove it from cluster-fleet:clusters and cluster-fleet:decommission.`
    : `${name}: was marked by an earlier run; this run deletes it.`;
}

function isMarked(cluster: ObservedCluster): boolean {
  return cluster.annotations[DECOMMISSION] === cluster.name;
}
