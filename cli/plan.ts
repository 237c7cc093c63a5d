import { describeChange } from "../fleet/changes";
import { parseConfig } from "../fleet/config/parse";
import { FleetConfigError } from "../fleet/config/problems";
import { planFleet } from "../fleet/plan";
import { type FleetPlan } from "../fleet/planned";
import { type ClusterAction, newClasses, planActions } from "../fleet/plan-changes";
import { observe } from "../live/observe";
import { locatorOf } from "./config-locator";
import { managementSide, managementSource } from "./management-source";
import { type Output } from "./output";
import { type StackContext } from "./stack-context";

export interface StackPlan {
  readonly stack: string;
  readonly actions: readonly ClusterAction[];
  /** Class revisions that the run publishes. */
  readonly publishes: readonly string[];
  readonly notes: readonly string[];
  /** Nothing would change. */
  readonly quiet: boolean;
  readonly full: FleetPlan;
  /** As `--json` prints it. */
  readonly json: unknown;
}

/** @throws FleetConfigError with the places of its mistakes; ManagementClusterError */
export async function planStack(stack: StackContext): Promise<StackPlan> {
  const config = await stack.config();
  try {
    const checked = parseConfig(config.raw, config.secretKeys);
    const source = await managementSource(stack, checked.management);
    const observed = await observe({ source, namespace: checked.environment });
    const full = planFleet(checked, observed, await managementSide(stack, checked.management));
    const actions = planActions(full, observed);
    const publishes = newClasses(full, observed);
    const quiet = publishes.length === 0 && actions.every(({ action }) => action === "none");
    const { notes } = full;
    const json = { stack: stack.name, environment: full.environment, publishes, clusters: actions, notes };
    return { stack: stack.name, actions, publishes, notes, quiet, full, json };
  } catch (error) {
    throw error instanceof FleetConfigError ? error.located(locatorOf(stack, config)) : error;
  }
}

/** A line for each class that is published, and a line for each field of a cluster that changes. */
export function printPlan(
  { stack, actions, publishes, notes, quiet }: StackPlan,
  out: Output,
  { all }: { all: boolean },
) {
  out.line(out.style("bold", stack));
  const rows = [
    ...publishes.map((name) => ["publish", name, "class revision"]),
    ...actions.filter(({ action }) => all || action !== "none").flatMap(rowsOf),
  ];
  if (rows.length > 0) {
    out.table(rows, { head: ["ACTION", "OBJECT", "CHANGE"], cut: [2, 1] });
  }
  notes.forEach((note) => out.line(`note: ${note}`));
  const unchanged = actions.filter(({ action }) => action === "none").length;
  const clusters = `${unchanged} cluster${unchanged === 1 ? "" : "s"}`;
  out.line(quiet ? `Nothing changes; as declared: ${clusters}.` : `Unchanged: ${clusters}.`);
}

function rowsOf({ action, name, changes }: ClusterAction): string[][] {
  const [first, ...rest] = changes.map(describeChange);
  return [[action, name, first ?? ""], ...rest.map((change) => ["", "", change])];
}
