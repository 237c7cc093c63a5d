import { describeChange } from "../fleet/changes";
import { type FleetConfig } from "../fleet/config/config";
import { planFleet } from "../fleet/plan";
import { type Observed } from "../fleet/observed";
import { type FleetPlan } from "../fleet/planned";
import { type ClusterAction, newClasses, planActions } from "../fleet/plan-changes";
import { type RunLimits } from "../fleet/rollout/plan";
import { type RolloutReport, rolloutReport } from "../fleet/rollout/report";
import { type Decision, type Rollout } from "../fleet/rollout/types";
import { observeFleet } from "../live/observe-fleet";
import { counted } from "../fleet/words";
import { withConfig } from "./checked-config";
import { managementSide, managementSource } from "./management-source";
import { type Output } from "./output";
import { printRollout } from "./rollout/table";
import { type StackContext } from "./stack-context";

export interface StackPlan {
  readonly stack: string;
  /** The moment that it is decided for. */
  readonly at: Date;
  readonly actions: readonly ClusterAction[];
  /** Class revisions that the run publishes. */
  readonly publishes: readonly string[];
  readonly notes: readonly string[];
  /** Nothing would change. */
  readonly quiet: boolean;
  readonly full: FleetPlan;
  readonly config: FleetConfig;
  readonly observed: Observed;
  /** Which clusters move and which wait; undefined where there is nothing to say. */
  readonly report: RolloutReport | undefined;
  /** As `--json` prints it. */
  readonly json: unknown;
}

/** @throws FleetConfigError with the places of its mistakes; ManagementClusterError */
export async function planStack(stack: StackContext, limits: RunLimits): Promise<StackPlan> {
  return withConfig(stack, async (config) => {
    const source = await managementSource(stack, config.management);
    const observed = await observeFleet(config, source);
    const full = planFleet(config, observed, await managementSide(stack, config.management), limits);
    const actions = planActions(full, observed);
    const publishes = newClasses(full, observed);
    const quiet = publishes.length === 0 && actions.every(({ action }) => action === "none");
    const { environment, notes } = full;
    const rollout = rolloutDocument(full.rollout, limits.now);
    return {
      stack: stack.name,
      at: limits.now,
      actions,
      publishes,
      notes,
      quiet,
      full,
      config,
      observed,
      report: rolloutReport(full.rollout, config.upgrades),
      json: { stack: stack.name, environment, publishes, clusters: actions, notes, rollout },
    };
  });
}

/** What `--json` prints of a rollout; revisions as their parts. */
export function rolloutDocument({ stages, decisions, addOns, notes }: Rollout, at: Date): object {
  return {
    at: at.toISOString(),
    stages,
    clusters: decisions.map(decisionDocument),
    addOns: addOns.map((each) => ({ ...each, next: each.next?.toISOString() ?? null })),
    notes,
  };
}

function decisionDocument({ cluster, stage, action, from, declare, target, rest, reason, next }: Decision): object {
  const to = { from: from ?? null, declares: declare, target, then: rest };
  return { cluster, stage, action, ...to, reason, next: next?.toISOString() ?? null };
}

/** A line for each class that is published, and a line for each field of a cluster that changes; then the rollout. */
export function printPlan(
  { stack, at, actions, publishes, notes, quiet, report }: StackPlan,
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
  const clusters = counted(unchanged, "cluster");
  out.line(quiet ? `Nothing changes; as declared: ${clusters}.` : `Unchanged: ${clusters}.`);
  if (report !== undefined) {
    out.line();
    printRollout(report, at, out);
  }
}

function rowsOf({ action, name, changes }: ClusterAction): string[][] {
  const [first, ...rest] = changes.map(describeChange);
  return [[action, name, first ?? ""], ...rest.map((change) => ["", "", change])];
}
