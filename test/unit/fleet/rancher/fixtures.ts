import { describePartProblems, type PartProblem } from "../../../../fleet/management/problem";
import { RANCHER_DEFAULTS, type RancherSettings } from "../../../../fleet/rancher/settings";

export function settings(changes: Partial<RancherSettings> = {}): RancherSettings {
  return { ...RANCHER_DEFAULTS, hostname: "rancher.example.com", ...changes };
}

/** One line for each problem, without its number. */
export function lines(problems: readonly PartProblem[]): string[] {
  return problems.length === 0
    ? []
    : describePartProblems(problems)
        .split("\n")
        .map((line) => line.replace(/^ +\d+\. /, ""));
}
