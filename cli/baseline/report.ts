import { BaseState, type FoundBase } from "../../fleet/baseline/found";
import { type Output } from "../output";

/** What was found of one stack's clusters. */
export interface StackBases {
  readonly stack: string;
  readonly namespace: string;
  readonly clusters: readonly FoundBase[];
}

/** A table of all clusters, then what is to be said of single ones. */
export function printBases(stacks: readonly StackBases[], out: Output): void {
  const clusters = stacks.flatMap((stack) => stack.clusters);
  if (clusters.length === 0) {
    out.line("No cluster lives.");
    return;
  }
  out.table(
    clusters.map(({ cluster, declared, found }) => [cluster, declared ?? "-", found]),
    { head: ["CLUSTER", "DECLARED", "FOUND"], cut: [0] },
  );
  const remarks = clusters.flatMap(remarksOf);
  if (remarks.length > 0) out.line();
  for (const remark of remarks) out.line(remark);
}

function remarksOf({ cluster, found, edits, leftOver, reason }: FoundBase): string[] {
  // Where nothing is there yet, the list would be the whole revision.
  const shown = found === BaseState.Missing ? [] : edits;
  return [
    ...(reason === undefined ? [] : [`${cluster}: ${reason}`]),
    ...shown.map(({ object, missing, fields }) =>
      missing ? `${cluster}: ${object} is missing` : `${cluster}: ${object} differs in ${fields.join(", ")}`,
    ),
    ...leftOver.map((object) => `${cluster}: ${object} is left over from an earlier revision; delete it by hand`),
  ];
}

/** Whether every cluster that takes part is as declared. */
export function allAsDeclared(stacks: readonly StackBases[]): boolean {
  const clusters = stacks.flatMap((stack) => stack.clusters);
  return clusters.every(({ found }) => found === BaseState.AsDeclared || found === BaseState.None);
}
