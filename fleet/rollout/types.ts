import { type Upgrades } from "../config/schema/upgrades";
import { type Calendar, type Distribution } from "../versions";

/**
 * What moves across a fleet: the Kubernetes version, the class revision, what decides its machines beyond those, and the
 * revision of the base configuration. Members that a cluster does not have are absent.
 */
export interface Revision {
  /** With its `v`; on EKS always patch 0. */
  readonly kubernetes?: string;
  /** Class revision, `<family>-<hash>`. */
  readonly class?: string;
  /** Hash of the class's variables and of the kinds of machines, their image too; another one replaces machines. */
  readonly machines?: string;
  /** Revision of the base configuration, `base-<hash>`. */
  readonly base?: string;
}

/** One cluster that the configuration declares, as `decide` sees it. */
export interface RolloutCluster {
  readonly name: string;
  readonly stage: string;
  readonly distribution: Distribution;
  /** What the configuration asks for in the end. */
  readonly target: Revision;
  /** Absent where it does not live yet: it is made at its target at once. */
  readonly live?: LiveCluster;
  /** How long a step takes by its machines, milliseconds. */
  readonly stepMs: number;
  /** The target as it is on the way to it: in the version by which a minor, e.g. `1.35`, is passed through. */
  readonly through: (minor: string) => Revision;
  /** Why it may not go to a revision, e.g. an add-on that does not take its version; undefined where it may. */
  readonly blocked?: (to: Revision) => string | undefined;
  /** It stays as it is, and later stages wait for it; why. */
  readonly paused?: string;
  /** It stays as it is, and nobody waits for it, e.g. because it is being decommissioned; why. */
  readonly skipped?: string;
}

export interface LiveCluster {
  readonly revision: Revision;
  /** Declared by an earlier run of ours. Another's is not moved in the run that adopts it. */
  readonly ours: boolean;
  readonly available: boolean;
  /** Nothing is under way and everything is as declared; its base configuration and node groups apart. */
  readonly settled: boolean;
  /** Why not available or not settled, in the words of its conditions, or why its base configuration is not there. */
  readonly reason: string;
  /** Since when it is as it is (settled or not): the latest transition of the conditions that count; ISO 8601. */
  readonly since: string;
  /** A condition says that it cannot go on. */
  readonly terminal?: string;
  /** The step that it took last. */
  readonly step?: StepRecord;
  /** Whether it has the base configuration that it is to have; absent where that is none. */
  readonly base?: BaseStanding;
  /** Its managed node groups; absent where it has none. */
  readonly nodeGroups?: readonly LiveNodeGroup[];
  /** Conditions of its `Cluster` that are True for its generation, for gates. */
  readonly conditions: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface BaseStanding {
  /** Cluster API has applied all of it. */
  readonly applied: boolean;
  /** Since when, ISO 8601; absent where it has not begun. */
  readonly since?: string;
}

export interface LiveNodeGroup {
  readonly version: string;
  /** It has all its machines. */
  readonly ready: boolean;
  /** Its version is not its control plane's, or its machines are others than the configuration asks for there. */
  readonly behind: boolean;
}

/** A step as the annotation `cluster-fleet.io/step` of a `Cluster` tells it. */
export interface StepRecord {
  /** `revisionText` of both. */
  readonly from: string;
  readonly to: string;
  /** ISO 8601. */
  readonly started: string;
  /** It is to mend a cluster that failed: until it has, nothing else starts. */
  readonly mends?: true;
}

/** The add-ons of a track, as `decide` sees them: charts that all its clusters have, changed for all of them at once. */
export interface RolloutTrack {
  readonly name: string;
  readonly stage: string;
  /** Names of its clusters. */
  readonly clusters: readonly string[];
  /** What differs from what is wanted, in words; empty where nothing does. */
  readonly changes: readonly string[];
  /** What is wanted, `add-ons-<hash>`. */
  readonly target: string;
  /** All are on every cluster. */
  readonly ready: boolean;
  /** Since when they are ready, or not; ISO 8601. */
  readonly since: string;
  /** Why they are not ready. */
  readonly reason: string;
  /** Why they may not change, e.g. an add-on that does not take the version of a cluster. */
  readonly blocked?: string;
}

/** All that `decide` decides from. */
export interface RolloutInput {
  readonly upgrades: Upgrades;
  readonly calendar: Calendar;
  /** Sorted by name; each in a stage of `upgrades.stages`, or in stage `all` where none are declared. */
  readonly clusters: readonly RolloutCluster[];
  /** Tracks whose add-ons live, sorted by name. */
  readonly tracks?: readonly RolloutTrack[];
  /** Nothing may start: jobs that look for drift. */
  readonly hold?: boolean;
  /** The steps that a preview has shown; nothing else may start. Absent: no preview was shown. */
  readonly shown?: readonly ShownStep[];
}

export interface ShownStep {
  /** Name of a cluster, or {@link trackKey}. */
  readonly cluster: string;
  readonly to: string;
}

/** What add-ons of a track are called among the clusters that move; no cluster can have that name. */
export function trackKey(track: string): string {
  return `add-ons/${track}`;
}

export type Action =
  /** It does not live yet. */
  | "create"
  /** It is adopted as it lives. */
  | "adopt"
  /** It is at its target, settled or not. */
  | "done"
  /** Whoever made it moves its version; its base configuration is there, or it has none. */
  | "unmanaged"
  /** It takes a step in this run. */
  | "step"
  /** Its managed node groups follow its control plane in this run. */
  | "nodes"
  /** A step is under way. */
  | "moving"
  /** Its step did not come to an end. */
  | "failed"
  /** It has to wait. */
  | "wait"
  | "paused"
  | "skipped"
  /** It is newer than its target; versions never go back. */
  | "ahead";

/** Whether something begins to move in this run. */
export function isStart({ action }: { readonly action: Action }): boolean {
  return action === "step" || action === "nodes";
}

/** What becomes of one cluster in this run, and why. */
export interface Decision {
  readonly cluster: string;
  readonly stage: string;
  readonly action: Action;
  /** What lives; absent for `create`. */
  readonly from?: Revision;
  /** What this run declares. */
  readonly declare: Revision;
  readonly target: Revision;
  /** Its managed node groups are declared as the configuration asks in this run; else they stay as they live. */
  readonly nodes: boolean;
  /** Kubernetes versions after `declare`, the target's last; empty where `declare` is the last. */
  readonly rest: readonly string[];
  /** Why, as half a sentence a person understands; empty for `done`. */
  readonly reason: string;
  /** When it may go on, where only time stands in its way. */
  readonly next?: Date;
  /** It waits for nothing but a window, the end of a freeze, or its turn. */
  readonly ready?: true;
  /** The step's record, for the cluster's annotation: the new one of a step, else what lives. */
  readonly step?: StepRecord;
}

/** What becomes of the add-ons of a track in this run, and why. */
export interface TrackDecision {
  readonly track: string;
  readonly stage: string;
  /** `step`: they become what is wanted; all others stay as they live. */
  readonly action: "done" | "step" | "moving" | "failed" | "wait" | "paused" | "skipped";
  readonly changes: readonly string[];
  readonly target: string;
  /** Empty for `done` and `step`. */
  readonly reason: string;
  readonly next?: Date;
}

/** How a stage stands. */
export interface StageState {
  readonly name: string;
  /** What `approved` has to name, `rev-<hash>`. */
  readonly revision: string;
  readonly clusters: number;
  /** At their target and settled, or left out. */
  readonly done: number;
  readonly moving: number;
  readonly failed: number;
  /** More have failed than may. */
  readonly halted: boolean;
  /** It would be halted, were it not for steps under way that are to mend clusters; until they have, nothing else starts. */
  readonly mending: boolean;
  /** All are done, and have soaked: the next stage may start. */
  readonly complete: boolean;
}

export interface Rollout {
  /** Sorted by cluster. */
  readonly decisions: readonly Decision[];
  /** Sorted by track. */
  readonly addOns: readonly TrackDecision[];
  /** In order. */
  readonly stages: readonly StageState[];
  /** What a person should know beside the decisions, e.g. money that a wait costs, expired pauses. */
  readonly notes: readonly string[];
}
