import { type PartProblem, describePartProblems } from "../../../../fleet/management/problem";

/** One line for each problem, without its number. */
export function lines(problems: readonly PartProblem[]): string[] {
  return problems.length === 0
    ? []
    : describePartProblems(problems)
        .split("\n")
        .map((line) => line.replace(/^ +\d+\. /, ""));
}
