import { amount, type Amount } from "../../fleet/config/schema/times";
import { withConfig } from "../checked-config";
import { UsageError } from "../errors";
import { type StackContext } from "../stack-context";
import { type GateRules, gateRules } from "./gate-rules";

/** @throws FleetConfigError with the places of its mistakes; PulumiError where there is no such stack. */
export async function stackRules(stack: StackContext, now: Date, maxClusters: Amount | undefined): Promise<GateRules> {
  return withConfig(stack, (config) => gateRules(config, now, maxClusters));
}

/** @throws UsageError for what is neither a number nor a share. */
export function amountOption(given: string | undefined): Amount | undefined {
  if (given === undefined) return undefined;
  const { data } = amount.safeParse(/^\d+$/.test(given) ? Number(given) : given);
  if (data === undefined) {
    throw new UsageError(`--max-clusters takes a number or a share (got ${given}). Write --max-clusters 20, or 25%.`);
  }
  return data;
}
