import { formatPath, type Path } from "../config/path";

/** What is wrong with a part of the management cluster as declared; paths begin below `management`. */
export interface PartProblem {
  readonly path: Path;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** The value as found; absent where there is none. Never a secret. */
  readonly got?: string | number | boolean;
  /** What to do, an imperative without a full stop. */
  readonly remedy: string;
}

/** All of them as a numbered list, each `path: what is wrong (got X). Do Y.` */
export function describePartProblems(problems: readonly PartProblem[]): string {
  return problems.map((problem, index) => `  ${index + 1}. ${describePartProblem(problem)}`).join("\n");
}

export function describePartProblem({ path, what, got, remedy }: PartProblem): string {
  const found = got === undefined ? "" : ` (got ${JSON.stringify(got)})`;
  return `${formatPath(path)}: ${what}${found}. ${remedy}.`;
}
