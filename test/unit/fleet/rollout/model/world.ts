import { type Upgrades } from "../../../../../fleet/config/schema/upgrades";
import { revisionText } from "../../../../../fleet/rollout/revision";
import {
  type Decision,
  type LiveCluster,
  type Revision,
  type Rollout,
  type RolloutCluster,
  type RolloutInput,
  type StepRecord,
} from "../../../../../fleet/rollout/types";
import { calendar } from "../../../../../fleet/versions";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A fleet that lives, as plain data: what the program and the controllers would make of it. */
export interface World {
  readonly upgrades: Upgrades;
  readonly clusters: readonly ModelCluster[];
}

export interface ModelCluster {
  readonly config: Omit<RolloutCluster, "live">;
  readonly life?: Life;
  /** How its steps end, one after the other, and then again from the first. */
  readonly fates: readonly Fate[];
}

/** How a step ends. */
export interface Fate {
  readonly minutes: number;
  /** `late` is after every time-out, `never` until another step mends it, `terminal` says so itself. */
  readonly ends: "well" | "late" | "never" | "terminal";
}

export interface Life {
  /** As declared. */
  readonly revision: Revision;
  readonly ours: boolean;
  /** Its machines are being replaced from `changed` until `until`, milliseconds since 1970. */
  readonly changed: number;
  readonly until: number;
  readonly terminal: boolean;
  /** Its API is away until then. */
  readonly awayUntil: number;
  readonly step?: StepRecord;
  readonly taken: number;
  /** When Cluster API has applied its base configuration; it has from the first where that is absent. */
  readonly basedAt?: number;
  readonly groups?: readonly Group[];
  readonly conditions: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** A managed node group. */
export interface Group {
  readonly version: string;
  /** Its machines are others than the configuration asks for. */
  readonly outdated: boolean;
  readonly until: number;
}

/** What the program sees of a world at a moment. */
export function observe({ upgrades, clusters }: World, now: number): RolloutInput {
  return {
    upgrades,
    calendar: calendar(),
    clusters: clusters.map(({ config, life }) => (life === undefined ? config : seen(config, life, now))),
  };
}

function seen(config: ModelCluster["config"], life: Life, now: number): RolloutCluster {
  const {
    revision,
    ours,
    changed,
    until,
    terminal,
    awayUntil,
    step,
    basedAt = 0,
    groups,
    conditions,
    annotations,
  } = life;
  const settled = now >= until;
  const isBased = now >= basedAt;
  const why = settled ? (now >= awayUntil ? "" : "Available: its API is away") : "RollingOut: machines are replaced";
  const atTarget = revision.kubernetes === config.target.kubernetes;
  const live: LiveCluster = {
    revision,
    ours,
    settled,
    available: now >= awayUntil,
    reason: why || (isBased ? "" : "its base configuration is not applied yet"),
    since: new Date(settled ? Math.max(until, awayUntil <= now ? awayUntil : 0) : changed).toISOString(),
    ...(terminal && !settled ? { terminal: "no more machines of that kind" } : {}),
    ...(step === undefined ? {} : { step }),
    ...(revision.base === undefined
      ? {}
      : { base: isBased ? { applied: true, since: new Date(basedAt).toISOString() } : { applied: false } }),
    ...(groups === undefined
      ? {}
      : {
          nodeGroups: groups.map((group) => ({
            version: group.version,
            ready: now >= group.until,
            behind: group.version !== revision.kubernetes || (atTarget && group.outdated),
          })),
        }),
    conditions,
    annotations,
  };
  return { ...config, live };
}

/** How much of what a run decided for a cluster a killed update has still done. */
export type Reached = "all" | "part" | "none";

/** The world after an update has declared what was decided. */
export function apply(world: World, { decisions }: Rollout, now: number, reached: (name: string) => Reached): World {
  const byName = new Map(decisions.map((decision) => [decision.cluster, decision]));
  return {
    ...world,
    clusters: world.clusters.map((cluster) => {
      const decision = byName.get(cluster.config.name);
      const how = reached(cluster.config.name);
      return decision === undefined || how === "none" ? cluster : declared(cluster, decision, now, how);
    }),
  };
}

export const WHOLE = (): Reached => "all";

function declared(cluster: ModelCluster, decision: Decision, now: number, how: Reached): ModelCluster {
  const { life, fates } = cluster;
  const { action, declare, step } = decision;
  const fate = fates[(life?.taken ?? 0) % fates.length] ?? { minutes: 1, ends: "well" };
  const work = { changed: now, until: endOf(fate, now), terminal: fate.ends === "terminal" };
  if (life === undefined) return { ...cluster, life: born(cluster, declare, now + fate.minutes * MINUTE, now) };
  const taken = { ...life, ...(step && { step }), taken: life.taken + 1 };
  if (action === "adopt") return { ...cluster, life: { ...life, ours: true } };
  if (action === "step") {
    // Labels are no part of the spec: a cluster stays settled where they alone change.
    const isLabels = isBaseAlone(life.revision, declare);
    const basedAt = life.revision.base === declare.base ? life.basedAt : work.until;
    const based = basedAt === undefined ? {} : { basedAt };
    return { ...cluster, life: { ...taken, revision: declare, ...based, ...(isLabels ? {} : work) } };
  }
  if (action === "nodes") {
    const follow = (group: Group, index: number): Group =>
      how === "part" && index > 0
        ? group
        : { version: life.revision.kubernetes ?? "", outdated: false, until: work.until };
    return { ...cluster, life: { ...taken, groups: (life.groups ?? []).map(follow) } };
  }
  return cluster;
}

function isBaseAlone(from: Revision, to: Revision): boolean {
  return from.base !== to.base && revisionText({ ...from, base: "" }) === revisionText({ ...to, base: "" });
}

function endOf({ minutes, ends }: Fate, now: number): number {
  return ends === "well" ? now + minutes * MINUTE : ends === "late" ? now + 3 * DAY : Infinity;
}

function born({ config }: ModelCluster, revision: Revision, until: number, now: number): Life {
  return {
    revision,
    ours: true,
    changed: now,
    until,
    terminal: false,
    awayUntil: 0,
    taken: 0,
    ...(config.distribution === "eks"
      ? { groups: [{ version: revision.kubernetes ?? "", outdated: false, until }] }
      : {}),
    conditions: ["Available"],
    annotations: {},
  };
}

/** A cluster whose machines come and go without a step of ours. */
export function flap(world: World, name: string, now: number, minutes: number): World {
  return changeLife(world, name, (life) => ({
    ...life,
    changed: now,
    until: Math.max(life.until, now + minutes * MINUTE),
  }));
}

/** A person mends a cluster by hand. */
export function heal(world: World, now: number): World {
  return {
    ...world,
    clusters: world.clusters.map(({ life, ...cluster }) => ({
      ...cluster,
      ...(life === undefined ? {} : { life: healed(life, now) }),
    })),
  };
}

function healed(life: Life, now: number): Life {
  const { until, basedAt, groups } = life;
  const end = (moment: number) => (moment === Infinity ? now : moment);
  return {
    ...life,
    until: end(until),
    ...(basedAt === undefined ? {} : { basedAt: end(basedAt) }),
    terminal: false,
    ...(groups && { groups: groups.map((group) => ({ ...group, until: end(group.until) })) }),
  };
}

export function changeLife(world: World, name: string, change: (life: Life) => Life): World {
  return {
    ...world,
    clusters: world.clusters.map((cluster) =>
      cluster.config.name === name && cluster.life ? { ...cluster, life: change(cluster.life) } : cluster,
    ),
  };
}
