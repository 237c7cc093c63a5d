import { type Upgrades } from "../../fleet/config/schema/upgrades";
import { type ObservedCluster } from "../../fleet/observed";
import { addOnsOf } from "../../fleet/rollout/report";
import { revisionText } from "../../fleet/rollout/revision";
import { type Action, type Rollout } from "../../fleet/rollout/types";
import { type StackPlan } from "../plan";
import { type GateRules, gateRules } from "../preview-gate/gate-rules";

/** How a rollout stands at one moment. */
export interface Look {
  readonly at: Date;
  readonly rollout: Rollout;
  readonly upgrades: Upgrades;
  /** Class revisions that do not live yet. */
  readonly publishes: readonly string[];
  readonly namespace: string;
  /** What lives in it. */
  readonly clusters: readonly ObservedCluster[];
  /** What its runs may do. */
  readonly gateRules: GateRules;
}

export function lookOf({ at, full, config, publishes, observed }: StackPlan): Look {
  const { rollout, namespace } = full;
  const clusters = observed.clusters.filter((each) => each.namespace === namespace);
  return { at, rollout, upgrades: config.upgrades, publishes, namespace, clusters, gateRules: gateRules(config, at) };
}

/** What there is to do. */
export type Verdict =
  /** A run has something to do. */
  | "run"
  | "complete"
  /** More clusters of a stage have failed than may. */
  | "halted"
  | "wait";

const TAKEN_BY_A_RUN: readonly Action[] = ["step", "nodes", "create", "adopt"];

export function verdictOf({ rollout: { decisions, addOns, stages }, publishes }: Look): Verdict {
  const moves = [...decisions, ...addOns].some(({ action }) => TAKEN_BY_A_RUN.includes(action));
  if (publishes.length > 0 || moves) return "run";
  if (stages.some(({ halted }) => halted)) return "halted";
  return stages.every(({ complete }) => complete) ? "complete" : "wait";
}

interface Opening {
  /** A cluster, or `add-ons of` a track. */
  readonly name: string;
  readonly next: Date;
}

/** What may go on first by time alone. */
export function nextOpening({ rollout: { decisions, addOns } }: Look): Opening | undefined {
  const all = [
    ...decisions.map(({ cluster, next }) => ({ name: cluster, next })),
    ...addOns.map(({ track, next }) => ({ name: addOnsOf(track), next })),
  ];
  const timed = all.flatMap(({ name, next }) => (next === undefined ? [] : [{ name, next }]));
  return timed.reduce<Opening | undefined>(
    (first, each) => (first === undefined || each.next < first.next ? each : first),
    undefined,
  );
}

/** What each cluster is moving to. */
export type Targets = ReadonlyMap<string, string>;

export function targetsOf({ rollout }: Look): Targets {
  return new Map([
    ...rollout.decisions.map(({ cluster, target }) => [cluster, revisionText(target)] as const),
    ...rollout.addOns.map(({ track, target }) => [addOnsOf(track), target] as const),
  ]);
}

/** How the configuration differs from what was agreed to: a line for each cluster. */
export function targetChanges(agreed: Targets, now: Targets): string[] {
  const names = [...new Set([...agreed.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [agreed.get(name), now.get(name)];
    return before === after ? [] : [`${name}: ${before ?? "(not declared)"} -> ${after ?? "(not declared)"}`];
  });
}
