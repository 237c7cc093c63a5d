import { type Upgrades } from "../../config/schema/upgrades";
import { spanText } from "../time/spans";
import { type Decision, isStart, type Rollout } from "../types";
import { type Opening, WindowWalk } from "./openings";
import { type MissedWindow } from "./types";

/** An opening with the clusters that were ready in it and have not started, and why. */
interface Watched {
  readonly opening: Opening;
  readonly reasons: Map<string, { readonly stage: string; readonly reason: string }>;
}

/** Notes the openings in which clusters that nothing but time and turn kept back did not start. */
export class MissedWindows {
  private readonly walks: readonly WindowWalk[];
  private readonly watched = new Map<string, Watched>();

  constructor(
    { windows }: Upgrades,
    from: Date,
    private readonly every: number,
  ) {
    this.walks = windows.map((window, index) => new WindowWalk(window, index, from));
  }

  /** When the next opening begins, after a moment, that somebody is ready for; milliseconds. */
  next(now: Date, ready: readonly Decision[]): number {
    const walks = this.walks.filter((walk) => ready.some(({ stage }) => walk.isFor(stage)));
    return Math.min(...walks.map((walk) => walk.next(now)));
  }

  /** Openings after one run that are over before the next, or as it begins; by their beginning. */
  withoutRun(last: Date, now: Date): Opening[] {
    return this.walks.flatMap((walk) => walk.passed(last, now)).sort((a, b) => a.from - b.from);
  }

  /** Notes who was ready in an opening that no run fell into. */
  passWithoutRun(opening: Opening, ready: readonly Decision[]): void {
    const walk = this.walks[opening.window];
    const reason = `no run falls into it: there is one every ${spanText(this.every)}`;
    for (const decision of ready) {
      if (walk?.isFor(decision.stage) === true) this.miss(opening, decision, reason);
    }
  }

  /** Notes what a run makes of the openings that are open. */
  note({ decisions }: Rollout, now: Date): void {
    const open = this.walks.flatMap((walk) => {
      const opening = walk.at(now);
      return opening === undefined ? [] : [{ walk, opening }];
    });
    if (open.length === 0) return;
    const started = decisions.filter(isStart);
    for (const { cluster } of started) {
      open.forEach(({ opening }) => this.watched.get(keyOf(opening))?.reasons.delete(cluster));
    }
    for (const decision of decisions.filter(({ ready }) => ready)) {
      for (const { walk, opening } of open) {
        if (walk.isFor(decision.stage)) this.miss(opening, decision, decision.reason);
      }
    }
  }

  /** @param until Openings that are not over by then are not missed yet. */
  found(until: Date): MissedWindow[] {
    return [...this.watched.values()]
      .filter(({ opening }) => opening.to <= until.getTime())
      .flatMap(grouped)
      .sort((a, b) => a.from.getTime() - b.from.getTime() || a.window - b.window || (a.stage < b.stage ? -1 : 1));
  }

  /** The first reason counts. */
  private miss(opening: Opening, { cluster, stage }: Decision, reason: string): void {
    const key = keyOf(opening);
    const watched = this.watched.get(key) ?? { opening, reasons: new Map() };
    if (!watched.reasons.has(cluster)) watched.reasons.set(cluster, { stage, reason });
    this.watched.set(key, watched);
  }
}

function keyOf({ window, from }: Opening): string {
  return `${window} ${from}`;
}

/** Those that would start if there were neither windows, freezes nor turns. */
export function readyClusters({ decisions }: Rollout): Decision[] {
  return decisions.filter((decision) => decision.ready || isStart(decision));
}

function grouped({ opening: { window, from, to }, reasons }: Watched): MissedWindow[] {
  const groups = new Map<string, { readonly stage: string; readonly reason: string; readonly clusters: string[] }>();
  for (const [cluster, about] of reasons) {
    const key = `${about.stage}\n${about.reason}`;
    const group = groups.get(key) ?? { ...about, clusters: [] };
    group.clusters.push(cluster);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ stage, reason, clusters }) => ({
    window,
    from: new Date(from),
    to: new Date(to),
    stage,
    reason,
    clusters: clusters.sort(),
  }));
}
