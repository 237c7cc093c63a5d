import { readFileSync } from "node:fs";
import * as path from "node:path";

import { parseConfig } from "../../fleet/config/parse";
import { FleetConfigError } from "../../fleet/config/problems";
import { planFleet } from "../../fleet/plan";
import { NOW } from "../unit/fleet/fixtures";
import { offeredSide } from "../../fleet/management/output";
import { rawStack } from "./raw-stack";

/** The sample stacks of this repository. */
export const STACKS = ["management", "production", "staging", "sandbox-production", "sandbox-staging"] as const;

/** What the management cluster of the stack `management` offers. */
const SIDE = offeredSide({
  name: "fleet",
  natAddresses: ["203.0.113.10", "203.0.113.11", "203.0.113.12"],
  range: "10.0.0.0/16",
  roleArns: { clusterApiControllers: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet" },
});

/** What a stack plans on an empty management cluster; for a stack that this version cannot build, what it says. */
export function currentPlan(stack: string): string {
  try {
    const config = parseConfig(rawStack(stack));
    const { rollout: _rollout, ...declared } = planFleet(config, { clusters: [], classes: [] }, SIDE, NOW);
    return `${JSON.stringify(declared, undefined, 2)}\n`;
  } catch (error) {
    if (error instanceof FleetConfigError) {
      return `${error.message}\n`;
    }
    throw error;
  }
}

export function goldenFile(stack: string): string {
  return path.join(__dirname, "plans", `${stack}.txt`);
}

/** Changed by `npm run golden` alone: read the difference before you commit it. */
export function goldenPlan(stack: string): string {
  return readFileSync(goldenFile(stack), "utf8");
}
