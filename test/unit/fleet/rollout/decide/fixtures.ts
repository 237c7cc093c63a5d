import { type Stage, upgrades } from "../../../../../fleet/config/schema/upgrades";
import { decide } from "../../../../../fleet/rollout/decide";
import { revisionText } from "../../../../../fleet/rollout/revision";
import {
  type Decision,
  type LiveCluster,
  type LiveNodeGroup,
  type Revision,
  type Rollout,
  type RolloutCluster,
  type RolloutInput,
  type RolloutTrack,
  type StepRecord,
} from "../../../../../fleet/rollout/types";
import { calendar } from "../../../../../fleet/versions";

/** A Tuesday. */
export const NOW = new Date("2026-12-01T12:00:00Z");

/** A moment before {@link NOW}: `90m`, `2h`, `3d`. */
export function ago(text: string): string {
  const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[text.slice(-1)] ?? NaN;
  return new Date(NOW.getTime() - parseInt(text) * unit).toISOString();
}

/** A cluster one minor behind its target, settled for long; it takes an hour for a step. */
export function cluster(name: string, changes: Partial<RolloutCluster> = {}): RolloutCluster {
  return {
    name,
    stage: "all",
    distribution: "kubernetes",
    target: { kubernetes: "v1.36.2" },
    live: live(),
    stepMs: 3_600_000,
    through: (minor) => ({ kubernetes: `v${minor}.9` }),
    ...changes,
  };
}

export function live(changes: Partial<LiveCluster> = {}): LiveCluster {
  return {
    revision: { kubernetes: "v1.35.4" },
    ours: true,
    available: true,
    settled: true,
    reason: "",
    since: "2026-11-01T00:00:00Z",
    conditions: [],
    annotations: {},
    ...changes,
  };
}

/** At its target for so long. */
export function arrived(since: string, changes: Partial<LiveCluster> = {}): LiveCluster {
  return live({ revision: { kubernetes: "v1.36.2" }, since: ago(since), ...changes });
}

/** On its way to its target since then. */
export function underWay(since: string, changes: Partial<LiveCluster> = {}): LiveCluster {
  return arrived(since, {
    settled: false,
    reason: "RollingOut: 2 of 3 machines",
    step: recordTo({ kubernetes: "v1.36.2" }, ago(since)),
    ...changes,
  });
}

export function recordTo(revision: Revision, started: string): StepRecord {
  return { from: "v1.35.4", to: revisionText(revision), started };
}

export function nodeGroup(changes: Partial<LiveNodeGroup> = {}): LiveNodeGroup {
  return { version: "v1.36.0", ready: true, behind: false, ...changes };
}

/** Add-ons that live for long and are to become others. */
export function track(changes: Partial<RolloutTrack> = {}): RolloutTrack {
  return {
    name: "canary",
    stage: "all",
    clusters: [],
    changes: ["Cilium 1.18.1 -> 1.18.2"],
    target: "add-ons-1",
    ready: true,
    since: "2026-11-01T00:00:00Z",
    reason: "",
    ...changes,
  };
}

export interface Decided extends Rollout {
  /** `alpha step: v1.35.4 -> v1.36.2`, one for each cluster. */
  readonly lines: readonly string[];
  readonly of: (cluster: string) => Decision;
}

/** @param rules `upgrades` as the stack file has them. */
export function decided(
  clusters: readonly RolloutCluster[],
  rules: object = {},
  { now = NOW, ...limits }: Partial<RolloutInput> & { readonly now?: Date } = {},
): Decided {
  const input = { upgrades: upgrades.parse(rules), calendar: calendar(), clusters, ...limits };
  const rollout = decide(input, now);
  return {
    ...rollout,
    lines: rollout.decisions.map(({ cluster, action, reason }) => `${cluster} ${action}${reason && `: ${reason}`}`),
    of(name) {
      const found = rollout.decisions.find((decision) => decision.cluster === name);
      if (found === undefined) throw new Error(`${name} has no decision`);
      return found;
    },
  };
}

/** Two stages, `canary` and `rest`, with settings of both. */
export function twoStages(canary: Partial<Stage> = {}, rest: Partial<Stage> = {}): object {
  return {
    stages: [
      { name: "canary", ...canary },
      { name: "rest", ...rest },
    ],
  };
}
