import { compareVersions, minorsBetween } from "../versions";
import { sameRevision } from "./revision";
import { type LiveCluster, type Revision, type RolloutCluster } from "./types";

/** Where a cluster would go next, were it allowed to. */
export interface NextStep {
  readonly to: Revision;
  /** It changes the minor of Kubernetes. */
  readonly isMinor: boolean;
  /** It leaves the version of Kubernetes as it is. */
  readonly keepsVersion: boolean;
  /** Versions that follow; the target's is the last. */
  readonly rest: readonly string[];
}

/** Whether a cluster runs a newer version than its target: versions never go back. */
export function isAhead({ target, live }: RolloutCluster): boolean {
  const [from, to] = [live?.revision.kubernetes, target.kubernetes];
  return from !== undefined && to !== undefined && compareVersions(from, to) > 0;
}

/**
 * The next step of a live cluster: straight to its target, or to the next minor on the way there; one minor at a time.
 * @returns Undefined where it is at its target, or ahead of it.
 */
export function nextStep(cluster: RolloutCluster, live: LiveCluster): NextStep | undefined {
  const { target, through } = cluster;
  const from = live.revision;
  if (sameRevision(from, target) || isAhead(cluster)) return undefined;
  if (from.kubernetes === undefined || target.kubernetes === undefined) {
    return { to: target, isMinor: false, keepsVersion: true, rest: [] };
  }
  const minors = minorsBetween(from.kubernetes, target.kubernetes);
  const passed = minorsAfter(from.kubernetes, minors - 1).map(through);
  const [to = target, ...others] = [...passed, target];
  return {
    to,
    isMinor: minors > 0,
    keepsVersion: to.kubernetes === from.kubernetes,
    rest: others.flatMap(({ kubernetes }) => kubernetes ?? []),
  };
}

/** The next minors after a version's: `1.35`, `1.36`. */
function minorsAfter(version: string, count: number): string[] {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Array.from({ length: Math.max(0, count) }, (_, index) => `${major}.${Number(minor) + index + 1}`);
}
