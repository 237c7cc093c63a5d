import { formatPath, type Path } from "../config/path";

/** What is wrong with Cluster API as declared; paths begin below `management`. */
export interface ClusterApiProblem {
  readonly path: Path;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** The value as found; absent where there is none. Never a secret. */
  readonly got?: string;
  /** What to do, an imperative without a full stop. */
  readonly remedy: string;
}

/** All of them as a numbered list, each `path: what is wrong (got X). Do Y.` */
export function describeClusterApiProblems(problems: readonly ClusterApiProblem[]): string {
  return problems.map((problem, index) => `  ${index + 1}. ${described(problem)}`).join("\n");
}

function described({ path, what, got, remedy }: ClusterApiProblem): string {
  const found = got === undefined ? "" : ` (got ${JSON.stringify(got)})`;
  return `${formatPath(path)}: ${what}${found}. ${remedy}.`;
}
