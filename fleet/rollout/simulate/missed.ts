import { type Upgrades } from "../../config/schema/upgrades";
import { decide } from "../decide";
import { spanText } from "../time/spans";
import { type Decision, type Rollout, type RolloutInput } from "../types";
import { stagesByName } from "./durations";
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

  /** When the next opening begins, after a moment; milliseconds. */
  next(now: Date): number {
    return Math.min(...this.walks.map((walk) => walk.next(now)));
  }

  /** Openings after one run that are over before the next, or as it begins; by their beginning. */
  withoutRun(last: Date, now: Date): Opening[] {
    return this.walks.flatMap((walk) => walk.passed(last, now)).sort((a, b) => a.from - b.from);
  }

  /** Notes who was ready in an opening that no run fell into. @param input As it was when it opened. */
  passWithoutRun(opening: Opening, input: RolloutInput): void {
    const walk = this.walks[opening.window];
    const ready = readyClusters(input, new Date(opening.from)).filter(({ stage }) => walk?.isFor(stage) === true);
    const reason = `no run falls into it: there is one every ${spanText(this.every)}`;
    ready.forEach((decision) => this.miss(opening, decision, reason));
  }

  /** Notes what a run makes of the openings that are open. @param input As it was before the run. */
  note(input: RolloutInput, { decisions }: Rollout, now: Date): void {
    const open = this.walks.flatMap((walk) => {
      const opening = walk.at(now);
      return opening === undefined ? [] : [{ walk, opening }];
    });
    if (open.length === 0) return;
    const started = decisions.filter(isStart);
    for (const { cluster } of started) {
      open.forEach(({ opening }) => this.watched.get(keyOf(opening))?.reasons.delete(cluster));
    }
    const waiting = new Map(
      decisions
        .filter(({ action, stage }) => action === "wait" && open.some(({ walk }) => walk.isFor(stage)))
        .map((decision) => [decision.cluster, decision]),
    );
    if (waiting.size === 0) return;
    for (const { cluster } of readyClusters(input, now)) {
      const decision = waiting.get(cluster);
      if (decision === undefined) continue;
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
export function readyClusters(input: RolloutInput, now: Date): Decision[] {
  const { upgrades } = input;
  const stages = [...stagesByName(upgrades).values()].map((stage) => ({ ...stage, maxConcurrency: "100%" }));
  return decide({ ...input, upgrades: { ...upgrades, stages, windows: [], freezes: [] } }, now).decisions.filter(
    isStart,
  );
}

function isStart({ action }: Decision): boolean {
  return action === "step" || action === "nodes";
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
