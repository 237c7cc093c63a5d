import { type ExplainedValue, type Explanation, explainCluster, type Origin } from "../fleet/config/explain";
import { formatPath, parsePath } from "../fleet/config/path";
import { describeProblem, type Locate } from "../fleet/config/problems";
import { nearest } from "../fleet/suggest";
import { locatorOf } from "./config-locator";
import { type Output } from "./output";
import { type StackContext } from "./stack-context";

/** The explanation of a cluster in one stack. */
export interface ExplainedCluster {
  readonly stack: string;
  readonly cluster: string;
  readonly explanation: Explanation;
  readonly locate: Locate;
  /** As `--json` prints it. */
  readonly json: unknown;
}

export async function explained(stack: StackContext, cluster: string, path?: string): Promise<ExplainedCluster> {
  const config = await stack.config();
  const prefix = path === undefined ? [] : parsePath(path);
  const explanation = explainCluster(config.raw, config.secretKeys, cluster, prefix);
  const locate = locatorOf(stack, config);
  const values = explanation.values.map(({ path: at, value, origins }) => ({
    path: formatPath(at),
    value,
    origins: origins.map((origin) => ({ ...origin, path: formatPath(origin.path), at: locate(origin.path) })),
  }));
  return { stack: stack.name, cluster, explanation, locate, json: { stack: stack.name, cluster, values } };
}

/** @param explanations Of the stacks that were searched. */
export function noSuchCluster(explanations: readonly ExplainedCluster[], cluster: string): string {
  const clusters = explanations.flatMap(({ explanation }) => explanation.clusters);
  const meant = nearest(cluster, clusters);
  const where = explanations.map(({ stack }) => stack).join(", ");
  const remedy = meant === undefined ? `There are: ${clusters.join(", ") || "none"}.` : `Did you mean ${meant}?`;
  return `${cluster}: no cluster of that name is declared in ${where}. ${remedy}`;
}

const HEAD = ["VALUE", "IS", "FROM", "SET AT"];

/** A line a value; indented below it what it replaced, and what does not apply. */
export function printExplanation(
  { stack, cluster, explanation, locate }: ExplainedCluster,
  out: Output,
  { wide }: { wide: boolean },
): void {
  out.line(out.style("bold", `${cluster} in ${stack}`));
  const rows = explanation.values.flatMap((value) => rowsOf(value, locate));
  out.table(rows, { head: HEAD, ...(wide ? { columns: Infinity } : {}), cut: [0, 1, 3] });
  if (explanation.problems.length > 0) {
    out.note(
      `The configuration has ${explanation.problems.length} problem(s), and is explained as far as it is right:`,
    );
    explanation.problems.forEach((problem) => out.note(`  ${describeProblem(problem)}`));
  }
}

function rowsOf({ path, value, origins }: ExplainedValue, locate: Locate): string[][] {
  const counting = origins.find(({ leftAside }) => leftAside === undefined);
  const head = [formatPath(path), value === undefined ? "(does not apply)" : JSON.stringify(value)];
  const from = counting
    ? [counting.level, locate(counting.path) ?? ""]
    : value === undefined
      ? ["", ""]
      : ["default", ""];
  const others = origins.filter((origin) => origin !== counting);
  return [[...head, ...from], ...others.map((origin) => otherRow(origin, locate))];
}

function otherRow({ level, path, value, leftAside }: Origin, locate: Locate): string[] {
  const why = leftAside === undefined ? "  replaced" : `  left aside: ${leftAside}`;
  return [why, JSON.stringify(value), level, locate(path) ?? ""];
}
