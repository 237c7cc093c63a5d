import { type Gate, type Stage } from "../config/schema/upgrades";
import { type Barrier, stop } from "./barriers";
import { type Standing } from "./standing";
import { momentBegin } from "./time/moments";

/** What a stage has to say of the stages before it. */
export interface Before {
  /** Why each of the stages before is not through, in order; empty where all are. */
  readonly waits: readonly Barrier[];
  /** The clusters of the stage just before, and its revision. */
  readonly standings: readonly Standing[];
  readonly revision: string;
}

/** Everything that keeps a stage from starting steps, in the order in which a person would ask. */
export function barriers(stage: Stage, revision: string, before: Before, now: Date): Barrier[] {
  return [
    ...before.waits,
    ...approval(stage, revision),
    ...startAfter(stage, now),
    ...stage.gates.flatMap((gate) => gateBarriers(gate, before)),
  ];
}

function approval({ approval: needed, approved }: Stage, revision: string): Barrier[] {
  if ((!needed && approved === undefined) || approved === revision) return [];
  const other = approved === undefined ? "" : `, not of ${approved}`;
  return [{ kind: "approval", reason: `needs approval${other}: write approved: ${revision} at its stage` }];
}

function startAfter({ startAfter: from }: Stage, now: Date): Barrier[] {
  if (from === undefined) return [];
  const next = momentBegin(from, "UTC");
  return next <= now ? [] : [stop(`its stage starts after ${from} UTC`, next)];
}

function gateBarriers({ name, condition, annotation }: Gate, { standings, revision }: Before): Barrier[] {
  const shut = standings.flatMap(({ cluster: { name: cluster, live, skipped } }) => {
    if (live === undefined || skipped !== undefined) return [];
    if (condition !== undefined && !live.conditions.includes(condition)) return [`${cluster} is not ${condition}`];
    return annotation !== undefined && live.annotations[annotation] !== revision
      ? [`${cluster} has no annotation ${annotation}=${revision}`]
      : [];
  });
  const others = shut.length > 1 ? ` and ${shut.length - 1} more` : "";
  return shut.length === 0 ? [] : [stop(`gate ${name}: ${shut[0]}${others}`)];
}
