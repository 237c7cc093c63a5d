/** One mistake in the configuration: where, what and what to do. */
export interface Problem {
  /** In the terms of the stack file, e.g. `clusters.prod-us-west-2.version`. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** The value as found; absent where there is none. */
  readonly got?: unknown;
  /** What to do, an imperative without a full stop. */
  readonly remedy: string;
}

/** Mistakes of the user, all that were found. Its message is a numbered list; it needs no stack trace. */
export class FleetConfigError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    title = "The configuration of this stack cannot be used",
  ) {
    super(`${title} (${count(problems.length, "problem")}):\n${problems.map(numbered).join("\n")}`);
    this.name = "FleetConfigError";
  }
}

/** `path: what is wrong (got X). Do Y.` */
function describeProblem({ path, what, got, remedy }: Problem): string {
  const found = got === undefined ? "" : ` (got ${JSON.stringify(got)})`;
  return `${path}: ${what}${found}. ${remedy}.`;
}

function numbered(problem: Problem, index: number): string {
  return `  ${index + 1}. ${describeProblem(problem)}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
