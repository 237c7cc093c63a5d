import { spanMs } from "./time/spans";
import { type Stage } from "../config/schema/upgrades";
import { isAhead, nextStep, type NextStep } from "./next-step";
import { sameRevision } from "./revision";
import { type LiveCluster, type RolloutCluster } from "./types";

/** How a cluster stands, before anybody asks whether it may go on. */
export interface Standing {
  readonly cluster: RolloutCluster;
  /** Absent where it does not live, is adopted, is at its target or ahead of it. */
  readonly next?: NextStep;
  /** Its managed node groups have yet to follow its control plane. */
  readonly nodesBehind: boolean;
  /** Settled, available, and its node groups have their machines. */
  readonly healthy: boolean;
  /** Its last step is under way. */
  readonly moving: boolean;
  /** Its last step came to no end in time, or never will. */
  readonly failed: boolean;
  /** At its target or ahead of it, and healthy. */
  readonly through: boolean;
}

/**
 * A condition that goes to and fro, as when machines are added, is no failure of a step of long ago; and what a provider gave
 * up on before a step may not be its last word.
 */
const GRACE_MS = 15 * 60_000;

export function standing(cluster: RolloutCluster, { stepTimeout }: Pick<Stage, "stepTimeout">, now: Date): Standing {
  const { live, target } = cluster;
  if (live === undefined) {
    return { cluster, nodesBehind: false, healthy: false, moving: false, failed: false, through: false };
  }
  const { nodeGroups = [] } = live;
  const nodesBehind = nodeGroups.some(({ behind }) => behind);
  const healthy = live.settled && live.available && nodeGroups.every(({ ready }) => ready);
  const gaveUp = live.terminal !== undefined && !isFresh(live, now);
  const ended = gaveUp || isOverdue(live, spanMs(stepTimeout), now);
  const under = !healthy && !isPlain(live) && isOfLastStep(live);
  const next = live.ours ? nextStep(cluster, live) : undefined;
  return {
    cluster,
    ...(next === undefined ? {} : { next }),
    nodesBehind,
    healthy,
    moving: under && !ended,
    failed: (under && ended) || (!healthy && gaveUp),
    through: healthy && !nodesBehind && (sameRevision(live.revision, target) || isAhead(cluster)),
  };
}

/** Only its base configuration moves; whether it is well may be known to others alone. */
export function isPlain({ revision }: LiveCluster): boolean {
  return revision.kubernetes === undefined && revision.class === undefined;
}

/** What lives is what its last step made of it, and nobody else. */
export function isOfLastStep({ step, revision: { kubernetes, class: className } }: LiveCluster): boolean {
  const made = step?.to.split(" ") ?? [];
  return step !== undefined && [kubernetes, className].every((part) => part === undefined || made.includes(part));
}

/** Since when a cluster is as it is: a step of labels alone leaves its conditions as they were. */
export function restsSince({ since, step }: LiveCluster): number {
  return Math.max(Date.parse(since), step === undefined ? 0 : Date.parse(step.started));
}

function isFresh({ step }: LiveCluster, now: Date): boolean {
  return step !== undefined && now.getTime() - Date.parse(step.started) < GRACE_MS;
}

function isOverdue({ step, since }: LiveCluster, timeoutMs: number, now: Date): boolean {
  const begun = step === undefined ? NaN : Date.parse(step.started);
  const quiet = now.getTime() - Date.parse(since);
  return now.getTime() - begun > timeoutMs && quiet > Math.min(timeoutMs, GRACE_MS);
}
