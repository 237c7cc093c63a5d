import { type ClusterApiProblem, describeClusterApiProblems } from "../../../../fleet/cluster-api/problem";

/** One line for each problem, without its number. */
export function lines(problems: readonly ClusterApiProblem[]): string[] {
  return problems.length === 0
    ? []
    : describeClusterApiProblems(problems)
        .split("\n")
        .map((line) => line.replace(/^ +\d+\. /, ""));
}
