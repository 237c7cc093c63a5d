import { describeRancherProblems, type RancherProblem } from "../../../../fleet/rancher/problem";
import { RANCHER_DEFAULTS, type RancherSettings } from "../../../../fleet/rancher/settings";

export function settings(changes: Partial<RancherSettings> = {}): RancherSettings {
  return { ...RANCHER_DEFAULTS, hostname: "rancher.example.com", ...changes };
}

/** One line for each problem, without its number. */
export function lines(problems: readonly RancherProblem[]): string[] {
  return problems.length === 0
    ? []
    : describeRancherProblems(problems)
        .split("\n")
        .map((line) => line.replace(/^ +\d+\. /, ""));
}
