import { type FleetConfig } from "../../fleet/config/config";
import { type CostChange, costChanges, liveCosts } from "../../fleet/cost/cost-change";
import { type CostedCluster } from "../../fleet/cost/costed-cluster";
import { declaredCosts, type FleetCost, fleetCost } from "../../fleet/cost/fleet-cost";
import { calendar } from "../../fleet/versions";
import { observe } from "../../live/observe";
import { withConfig } from "../checked-config";
import { isExplained } from "../errors";
import { managementSource } from "../management-source";
import { type StackContext } from "../stack-context";

/** What a stack's clusters will cost, and what that changes. */
export interface Estimate {
  readonly stack: string;
  readonly environment: string;
  readonly cost: FleetCost;
  /** By cluster, those that go included. */
  readonly changes: readonly CostChange[];
  /** Why the changes are unknown. */
  readonly unseen?: string;
  /** `cluster-fleet:cost.monthlyLimit` */
  readonly limit?: number;
}

/**
 * @param today The day for which the support of EKS is priced.
 * @throws FleetConfigError with the places of its mistakes; CliError where Pulumi does not tell the configuration.
 */
export async function estimate(stack: StackContext, today: Date): Promise<Estimate> {
  const checked = await withConfig(stack, (config) => config);
  const { environment, versions, cost } = checked;
  const known = calendar(versions);
  const declared = declaredCosts(checked);
  const seen = await look(stack, checked);
  const live = typeof seen === "string" ? [] : seen;
  return {
    stack: stack.name,
    environment,
    cost: fleetCost(declared, known, today),
    changes: costChanges(declared, live, known, today),
    ...(typeof seen === "string" ? { unseen: seen } : {}),
    ...(cost.monthlyLimit === undefined ? {} : { limit: cost.monthlyLimit }),
  };
}

/** What lives, or why that cannot be told: what a fleet will cost is asked before its first run, too. */
async function look(
  stack: StackContext,
  { environment, management, network }: FleetConfig,
): Promise<CostedCluster[] | string> {
  try {
    const source = await managementSource(stack, management);
    return liveCosts(await observe({ source, namespace: environment }), environment, network.reach.kind);
  } catch (error) {
    if (isExplained(error)) return error.message;
    throw error;
  }
}
