import type { ResourceValidationPolicy } from "@pulumi/policy";
import { COST_KINDS } from "../../fleet/cost/cluster-cost";
import { type FleetCost, fleetCost } from "../../fleet/cost/fleet-cost";
import { usdText } from "../../fleet/cost/money";
import { registeredCosts } from "../fleet-costs";
import { fleetCalendar } from "../fleet-versions";
import { validateFleet } from "../registered-fleet";
import { shown, UNKNOWN } from "../values";

const NAME = "fleet-limit-cost";
const AUTOSCALED = ["most", "least"] as const;
const PARTS_NAMED = 3;

type Autoscaled = (typeof AUTOSCALED)[number];

const SCALED: Readonly<Record<Autoscaled, string>> = {
  most: "with the most machines that the autoscaler may make",
  least: "with the fewest machines that the autoscaler may leave",
};

interface CostRuleConfig {
  readonly autoscaled?: Autoscaled;
}

/**
 * The clusters of an environment cost no more in a month than its limit.
 *
 * Why: the bill comes weeks after the pull request that made it. A pool that may grow to a hundred machines, a class on
 * EKS whose version has slipped into extended support, a large machine type copied from another cluster: each of them
 * is one line.
 *
 * What counts is the list price with as many machines as the autoscaler may make. An environment without a limit is not
 * judged, and a price that nobody knows is not in the sum.
 *
 * Source: the dated price table of `fleet/cost`, see docs/cost.md.
 *
 * Remedy: see where the money goes with `npm run fleet -- cost --parts`; fewer or smaller machines, spot, a lower `max`;
 * or raise the limit in the same pull request, where a reviewer sees it.
 */
export const fleetLimitCost: ResourceValidationPolicy = {
  name: NAME,
  description: "The clusters of an environment cost no more in a month than its limit.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Use fewer or smaller machines, lower the max of a pool, or raise cluster-fleet:cost.monthlyLimit.",
  configSchema: {
    properties: {
      autoscaled: {
        type: "string",
        enum: [...AUTOSCALED],
        default: "most",
        description: "Whether pools of the autoscaler count with the most machines that it may make, or the least.",
      },
    },
  },
  validateResource: validateFleet(NAME, (fleet, _find, args, report) => {
    const { autoscaled = "most" } = args.getConfig<CostRuleConfig>();
    const limit = fleet.read("monthlyCostLimit");
    if (limit === undefined || limit === UNKNOWN) {
      return;
    }
    if (typeof limit !== "number") {
      report(`cost.monthlyLimit: is not a number (got ${shown(limit)}). Write whole USD, such as 5000.`);
      return;
    }
    const calendar = fleetCalendar(fleet);
    if (calendar === undefined) {
      return;
    }
    const { clusters, incomplete } = registeredCosts(fleet);
    const cost = fleetCost(clusters, calendar, fleet.now);
    if (cost.usd[autoscaled] <= limit) {
      return;
    }
    const atLeast = incomplete || cost.unknown.length > 0 ? "at least " : "";
    const scaled = cost.usd.least === cost.usd.most ? "" : ` ${SCALED[autoscaled]}`;
    report(
      "cost.monthlyLimit: is less than what the clusters cost in a month at list price, " +
        `${atLeast}${usdText(cost.usd[autoscaled])} USD${scaled} (got ${limit}). ` +
        `Most of it: ${biggest(cost, autoscaled).join(", ")}. ` +
        "Use fewer or smaller machines, lower the max of a pool, or raise the limit; " +
        "npm run fleet -- cost --parts shows every part.",
    );
  }),
};

/** The kinds of cost of single clusters that weigh most, such as `workers of prod-us-east-1 883`. */
function biggest({ clusters }: FleetCost, autoscaled: Autoscaled): string[] {
  const sums = clusters.flatMap(({ name, parts }) =>
    COST_KINDS.map((kind) => ({
      what: `${kind} of ${name}`,
      usd: parts.filter((part) => part.kind === kind).reduce((sum, { usd }) => sum + (usd?.[autoscaled] ?? 0), 0),
    })),
  );
  return sums
    .sort((a, b) => b.usd - a.usd)
    .slice(0, PARTS_NAMED)
    .filter(({ usd }) => usd > 0)
    .map(({ what, usd }) => `${what} ${usdText(usd)}`);
}
