import { type AddOnsConfig } from "../config/schema/baseline";
import { isOnAws } from "../families";
import { byName } from "../sorted";
import { addOnsOf } from "./add-ons";
import { autoscaler, type PlannedAutoscaler } from "./autoscalers";
import { baseRevision } from "./base-revision";
import { heldRevisions } from "./held-revisions";
import { type ClusterBaseline, DEFAULT_TRACK, TRACK } from "./labels";
import { type ManagementObject, type RevisionObjects, revisionObjects } from "./resource-sets";
import { type BaseFacts, type BaseSettings, baseSettings } from "./settings";

/** What a run declares so that every cluster has its base configuration and add-ons. */
export interface BaselinePlan {
  /** Sorted by name. */
  readonly revisions: RevisionObjects[];
  /** One for each add-on and track; sorted by name. */
  readonly addOns: ManagementObject[];
  /** Sorted by cluster. */
  readonly autoscalers: PlannedAutoscaler[];
}

/** What the plan looks at of a cluster's configuration. */
export interface BaselineFacts extends BaseFacts {
  readonly version?: string | undefined;
  readonly stage?: string | undefined;
  readonly workers: Readonly<Record<string, { readonly replicas?: number | undefined }>>;
}

/**
 * What the base configuration makes of a cluster.
 * @param labels Of the live `Cluster` object; undefined where none lives.
 * @returns Undefined for a cluster that takes no part in it.
 */
export function clusterBaseline(
  environment: string,
  facts: BaselineFacts,
  labels: Readonly<Record<string, string>> | undefined,
): ClusterBaseline | undefined {
  const settings = baseSettings(environment, facts);
  if (settings === undefined) return undefined;
  return {
    revision: baseRevision(settings).name,
    track: labels?.[TRACK] ?? facts.stage ?? DEFAULT_TRACK,
    ...(settings.monitoring ? { monitoring: true } : {}),
    ...(settings.logging ? { logging: true } : {}),
  };
}

/** A cluster that this run declares. */
export interface BaselineMember {
  readonly name: string;
  /** Class family, or `plain`. */
  readonly family: string;
  readonly base?: ClusterBaseline | undefined;
}

/**
 * What the run declares for its clusters.
 * @param members The clusters that it declares.
 * @param facts Their configuration by name.
 * @param proxies The add-ons that it declares, see `tracks.ts`.
 * @param texts What the management cluster holds of revisions that clusters have and are to leave, see `Observed`.
 * @returns Undefined where no cluster takes part in the base configuration.
 */
export function planBaseline(
  environment: string,
  members: readonly BaselineMember[],
  facts: Readonly<Record<string, BaselineFacts>>,
  addOns: AddOnsConfig,
  proxies: readonly ManagementObject[],
  texts: Readonly<Record<string, string>> = {},
): BaselinePlan | undefined {
  const taking = members.filter(hasBaseline);
  if (taking.length === 0) return undefined;
  const settings = taking.flatMap(({ name }) => baseSettings(environment, facts[name] ?? {}) ?? []);
  const targets = revisionsOf(settings);
  return {
    revisions: [...targets, ...heldRevisions(taking, targets, texts)].sort(byName),
    addOns: [...proxies].sort((a, b) => byName(a.metadata, b.metadata)),
    autoscalers: taking.flatMap(({ name, family }) => autoscalerOf(name, family, facts[name], addOns)),
  };
}

/** A cluster that takes part in the base configuration. */
export type TakingMember = BaselineMember & { readonly base: ClusterBaseline };

export function hasBaseline(member: BaselineMember): member is TakingMember {
  return member.base !== undefined;
}

function revisionsOf(settings: readonly BaseSettings[]): RevisionObjects[] {
  const revisions = new Map(settings.map(baseRevision).map((revision) => [revision.name, revision]));
  return [...revisions.values()].map(revisionObjects);
}

/** Of a cluster with a pool that has a range instead of a size. */
function autoscalerOf(
  name: string,
  family: string,
  { version, workers }: BaselineFacts = { workers: {} },
  config: AddOnsConfig,
): PlannedAutoscaler[] {
  const isRanged = Object.values(workers).some(({ replicas }) => replicas === undefined);
  return isOnAws(family) && version !== undefined && isRanged ? [autoscaler(name, family, version, config)] : [];
}

/** What a person should know: what is switched on, and does nothing. */
export function baselineNotes(members: readonly BaselineMember[], addOns: AddOnsConfig): string[] {
  const logging = members.some(({ base }) => base?.logging === true);
  return logging && !addOnsOf(addOns).includes("log-agent")
    ? ["Logging is on, but cluster-fleet:addOns names no log-agent.sendTo: no cluster has a log agent."]
    : [];
}
