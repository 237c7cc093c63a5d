import { addOnsOf, reaches } from "../baseline/add-ons";
import { awsClusterProblems } from "../config/checks/aws-clusters";
import { takes, titleOf } from "../baseline/chosen";
import { BASE } from "../baseline/labels";
import { machineChanges } from "../changes";
import { type ClusterConfig, type FleetConfig } from "../config/config";
import { ONLY_STAGE } from "../config/schema/upgrades";
import { contentHash, type Json } from "../content-hash";
import { isOnAws } from "../families";
import { type ObservedCluster } from "../observed";
import { isOurs } from "../ownership";
import { type PlannedCluster } from "../planned";
import { type Draft, plannedCluster, plannedNodeGroups } from "../plan-cluster";
import { type AwsSide } from "../topology/aws-side";
import { nodeGroupsBehind, type PlannedNodeGroup } from "../topology/node-groups";
import { remembered } from "../remembered";
import { distributionOf, minorOf } from "../versions";
import { estimatedStepMs } from "./durations";
import { stepOf } from "./step-record";
import { versionThrough } from "./version-through";
import { type BaseStanding, type LiveCluster, type Revision, type RolloutCluster } from "./types";

/** A cluster that the configuration declares, before anybody decided whether it moves. */
export interface Candidate {
  readonly name: string;
  readonly config: ClusterConfig;
  readonly alive: ObservedCluster | undefined;
  /** As the configuration asks for in the end. */
  readonly target: PlannedCluster;
  /** The same in another version of Kubernetes, as in the stack file, on the way there. */
  readonly targetAt: (version: string) => PlannedCluster;
  /** Its managed node groups, see `nodeGroups`. */
  readonly groupsAt: (version: string | undefined, follow: boolean) => PlannedNodeGroup[];
}

export function candidate(draft: Draft, config: FleetConfig, side: AwsSide): Candidate {
  const at = (version: string): Draft => ({ ...draft, cluster: { ...draft.cluster, version } as ClusterConfig });
  return {
    name: draft.name,
    config: draft.cluster,
    alive: draft.alive,
    target: plannedCluster(draft, config, side),
    targetAt: (version) => plannedCluster(at(version), config, side),
    groupsAt: (version, follow) => plannedNodeGroups(version === undefined ? draft : at(version), config, side, follow),
  };
}

/** A candidate as `decide` sees it. @param reconciled Names of the class revisions that clusters may be pointed at. */
export function rolloutCluster(
  candidate: Candidate,
  config: FleetConfig,
  reconciled: ReadonlySet<string>,
): RolloutCluster {
  const { name, alive, target } = candidate;
  const wanted = revisionOf(target);
  return {
    name,
    stage: candidate.config.stage ?? ONLY_STAGE.name,
    distribution: distributionOf(candidate.config.class ?? ""),
    target: wanted,
    ...(alive === undefined ? {} : { live: liveCluster(alive, target, wanted, config) }),
    stepMs: estimatedStepMs(target),
    through: remembered((minor) => revisionOf(candidate.targetAt(versionThrough(minor, candidate.config, config)))),
    blocked: (to) =>
      notYetPublished(to, alive, reconciled) ?? unfitFor(to, candidate, config) ?? refusedByAddOn(to, target, config),
    ...(candidate.config.paused ? { paused: "Cluster API leaves it alone (paused: true)" } : {}),
    ...(target.decommission ? { skipped: "is being decommissioned" } : {}),
  };
}

/** What of a planned cluster moves by rollouts. */
function revisionOf(planned: PlannedCluster): Revision {
  const { version, className, base, variables, workers } = planned;
  return {
    ...(version === undefined ? {} : { kubernetes: version }),
    ...(className === undefined ? {} : { class: className, machines: machinesHash(variables ?? [], workers) }),
    ...(base === undefined ? {} : { base: base.revision }),
  };
}

function liveCluster(
  alive: ObservedCluster,
  target: PlannedCluster,
  wanted: Revision,
  config: FleetConfig,
): LiveCluster {
  const { version, classRef, labels, declared, nodeGroups, terminal } = alive;
  const machines =
    wanted.machines !== undefined && machineChanges(target, alive).length === 0
      ? wanted.machines
      : machinesHash(declared.variables ?? {}, declared.workers);
  const revision = target.base === undefined ? undefined : labels[BASE];
  const base = revision === undefined ? undefined : baseStanding(revision, alive);
  const unapplied = base?.applied === false ? `${revision} is not applied yet` : "";
  const step = stepOf(alive.annotations);
  return {
    revision: {
      ...(version === undefined ? {} : { kubernetes: version }),
      ...(classRef === undefined ? {} : { class: classRef, machines }),
      ...(revision === undefined ? {} : { base: revision }),
    },
    ours: isOurs(alive, config.environment),
    available: alive.available,
    settled: alive.settled,
    // Of a plain cluster, everything else is somebody else's business.
    reason: classRef === undefined ? unapplied || alive.reason : alive.reason || unapplied,
    since: alive.since,
    ...(terminal === undefined ? {} : { terminal }),
    ...(step === undefined ? {} : { step }),
    ...(base === undefined ? {} : { base }),
    ...(nodeGroups === undefined ? {} : { nodeGroups: nodeGroupsBehind(target, alive) }),
    conditions: alive.conditions,
    annotations: alive.annotations,
  };
}

function baseStanding(revision: string, { bases = [] }: ObservedCluster): BaseStanding {
  const noted = bases.find((each) => each.revision === revision);
  return noted === undefined ? { applied: false } : { applied: noted.applied, since: noted.since };
}

/** Sizes do not count: they change without replacing a machine. */
function machinesHash(variables: unknown, workers: readonly { readonly name: string }[]): string {
  const kinds = workers.map(({ name, ...pool }) => {
    const { class: kind, failureDomain, variables: own } = pool as Partial<PlannedCluster["workers"][number]>;
    return { name, kind, failureDomain, own };
  });
  return contentHash({ variables, kinds } as unknown as Json);
}

/** Cluster API refuses to point an existing cluster at a class that it has not reconciled. */
function notYetPublished(to: Revision, alive: ObservedCluster | undefined, reconciled: ReadonlySet<string>) {
  return to.class === undefined || to.class === alive?.classRef || reconciled.has(to.class)
    ? undefined
    : `class ${to.class} is published in this run; a later one may move it`;
}

/** What the class needs for a version, such as an image, and the configuration does not have. */
function unfitFor(to: Revision, { name, config: cluster }: Candidate, config: FleetConfig): string | undefined {
  if (to.kubernetes === undefined || !isOnAws(cluster.class ?? "")) return undefined;
  const version = versionThrough(minorOf(to.kubernetes), cluster, config);
  const draft = { name, values: { ...cluster, version }, levels: [], leftAside: [], isBroken: () => false };
  const [problem] = awsClusterProblems(draft, config.classes);
  return problem && `${version} ${problem.what}. ${problem.remedy}`;
}

function refusedByAddOn({ kubernetes }: Revision, { family, base }: PlannedCluster, { addOns }: FleetConfig) {
  if (kubernetes === undefined || base === undefined) return undefined;
  const minor = minorOf(kubernetes);
  const refusing = addOnsOf(addOns).find((name) => reaches(name, { family, base }) && !takes(name, minor, addOns));
  return refusing === undefined ? undefined : `${titleOf(refusing, addOns)} does not take Kubernetes ${minor}`;
}
