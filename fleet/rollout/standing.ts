import { type Stage } from "../config/schema/upgrades";
import { nodesMs } from "./durations";
import { isAhead, nextStep, type NextStep } from "./next-step";
import { sameRevision } from "./revision";
import { NODES } from "./step-record";
import { spanMs } from "./time/spans";
import { type LiveCluster, type RolloutCluster } from "./types";

/** How a cluster stands, before anybody asks whether it may go on. */
export interface Standing {
  readonly cluster: RolloutCluster;
  /** Absent where it does not live, is adopted, is at its target or ahead of it. */
  readonly next?: NextStep;
  /** Its managed node groups have yet to follow its control plane. */
  readonly nodesBehind: boolean;
  /** Settled, available, and its base configuration and the machines of its node groups are there. */
  readonly healthy: boolean;
  /** Its last step is under way. */
  readonly moving: boolean;
  /** Its last step is under way and is to mend it. */
  readonly mending: boolean;
  /** Its last step came to no end in time, or never will. */
  readonly failed: boolean;
  /** At its target or ahead of it, and healthy; whether an unmanaged one is healthy is not our business. */
  readonly through: boolean;
}

/**
 * A condition that goes to and fro, as when machines are added, is no failure of a step of long ago; and what a provider gave
 * up on before a step may not be its last word.
 */
export const GRACE_MS = 15 * 60_000;

type Times = Pick<Stage, "stepTimeout" | "stepDuration">;

export function standing(cluster: RolloutCluster, stage: Times, now: Date): Standing {
  const { live, target } = cluster;
  if (live === undefined) {
    return {
      cluster,
      nodesBehind: false,
      healthy: false,
      moving: false,
      mending: false,
      failed: false,
      through: false,
    };
  }
  const { nodeGroups = [] } = live;
  const nodesBehind = nodeGroups.some(({ behind }) => behind);
  const well = isWell(live);
  const healthy = well && replacedBy(live, cluster.stepMs, stage) <= now.getTime();
  const gaveUp = live.terminal !== undefined && !isFresh(live, now);
  const ended = gaveUp || isOverdue(live, spanMs(stage.stepTimeout), now);
  const under = !healthy && !(isPlain(live) && hasBase(live)) && isOfLastStep(live);
  const moving = under && (well || !ended);
  const next = live.ours ? nextStep(cluster, live) : undefined;
  return {
    cluster,
    ...(next === undefined ? {} : { next }),
    nodesBehind,
    healthy,
    moving,
    mending: moving && live.step?.mends === true,
    failed: !well && ((under && ended) || gaveUp),
    through:
      (healthy || (isPlain(live) && hasBase(live))) &&
      !nodesBehind &&
      (sameRevision(live.revision, target) || isAhead(cluster)),
  };
}

/** Settled, available, and its node groups are ready, as far as their provider tells. */
export function isWell(live: LiveCluster): boolean {
  return isSettled(live) && live.available && (live.nodeGroups ?? []).every(({ ready }) => ready);
}

/** Nothing of it is under way; its managed node groups apart. */
export function isSettled(live: LiveCluster): boolean {
  return live.settled && hasBase(live);
}

/** Its base configuration is there, where it is to have one. */
export function hasBase({ base }: LiveCluster): boolean {
  return base?.applied !== false;
}

/** Only its base configuration moves; whether it is well otherwise may be known to others alone. */
export function isPlain({ revision }: LiveCluster): boolean {
  return revision.kubernetes === undefined && revision.class === undefined;
}

/** What lives is what its last step made of it, and nobody else. */
export function isOfLastStep({ step, revision: { kubernetes, class: className } }: LiveCluster): boolean {
  const made = step?.to.split(" ") ?? [];
  return step !== undefined && [kubernetes, className].every((part) => part === undefined || made.includes(part));
}

/**
 * Since when a cluster is as it is, all of it, milliseconds; 0 where it does not live. A step of labels or of node groups
 * leaves its conditions as they were.
 */
export function restsSince({ live, stepMs }: RolloutCluster, stage: Pick<Stage, "stepDuration">): number {
  if (live === undefined) return 0;
  const { since, step, base } = live;
  const begun = [isPlain(live) ? undefined : since, step?.started, base?.since];
  return Math.max(replacedBy(live, stepMs, stage), ...begun.map((time) => (time ? Date.parse(time) : 0)));
}

/**
 * When node groups that follow have new machines, by an estimate, milliseconds: EKS's own word is not to be had, for its
 * provider calls a node group ready while its machines are replaced.
 *
 * Source: Cluster API Provider AWS 2.13.0, `pkg/cloud/services/eks/nodegroup.go`.
 */
function replacedBy({ step }: LiveCluster, stepMs: number, { stepDuration }: Pick<Stage, "stepDuration">): number {
  if (step?.from !== NODES) return 0;
  return Date.parse(step.started) + nodesMs(stepDuration === undefined ? stepMs : spanMs(stepDuration));
}

function isFresh({ step }: LiveCluster, now: Date): boolean {
  return step !== undefined && now.getTime() - Date.parse(step.started) < GRACE_MS;
}

function isOverdue({ step, since }: LiveCluster, timeoutMs: number, now: Date): boolean {
  const begun = step === undefined ? NaN : Date.parse(step.started);
  const quiet = now.getTime() - Date.parse(since);
  return now.getTime() - begun > timeoutMs && quiet > Math.min(timeoutMs, GRACE_MS);
}
