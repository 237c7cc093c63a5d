import type { ResourceValidationPolicy } from "@pulumi/policy";
import { CLUSTER_API, compareVersions, monthlyControlPlaneCost, newestPatch, supportOf } from "../../fleet/versions";
import {
  CLUSTER_API_CONFIG,
  type Bearings,
  distribution,
  fleetCalendar,
  type VersionedCluster,
  versionedClusters,
  wayUp,
} from "../fleet-versions";
import { validateFleet } from "../registered-fleet";

const NAME = "fleet-advise-support";
const DAYS = 60;

interface AdviceConfig {
  readonly days?: number;
  readonly clusterApi?: string;
}

/**
 * Tells what is about to go out of support, what already costs more for it, and what could be newer.
 *
 * Why: the end of support is known a year ahead and still surprises. EKS sells another twelve months at six times the
 * price, and at the end of them upgrades the control plane by itself. A patch of the same minor brings fixes and
 * little risk.
 *
 * Source: the dated calendar and prices of `fleet/versions`, with `cluster-fleet:versions` over it.
 *
 * Remedy: upgrade in good time.
 */
export const fleetAdviseSupport: ResourceValidationPolicy = {
  name: NAME,
  description: "What goes out of support soon, what costs more for being old, and what could be newer.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Upgrade in good time, one minor at a time.",
  configSchema: {
    properties: {
      days: {
        type: "integer",
        minimum: 0,
        default: DAYS,
        description: "Days before the end of support from which it is reported.",
      },
      clusterApi: CLUSTER_API_CONFIG,
    },
  },
  validateResource: validateFleet(NAME, (fleet, find, args) => {
    const { days = DAYS, clusterApi = CLUSTER_API } = args.getConfig<AdviceConfig>();
    const calendar = fleetCalendar(fleet);
    for (const each of calendar === undefined ? [] : versionedClusters(fleet)) {
      const supporter = distribution(each.cluster);
      if (calendar === undefined || supporter === undefined) {
        continue;
      }
      const bearings = { calendar, distribution: supporter, clusterApi, now: fleet.now };
      for (const advice of [onEnd(each, bearings, days), onHeld(each, bearings), onPatch(each, bearings)]) {
        if (advice !== undefined) {
          find(each.cluster, "version", advice);
        }
      }
    }
  }),
};

function onEnd({ target }: VersionedCluster, bearings: Bearings, days: number): string | undefined {
  const { calendar, distribution, now } = bearings;
  const { minor, status, until, daysLeft = 0 } = supportOf(calendar, distribution, target, now);
  if (status === "extended") {
    return (
      `is EKS ${minor} in extended support, ${price()} until EKS upgrades it by itself on ${until} (got ${target}). ` +
      wayUp(target, bearings)
    );
  }
  if (status !== "supported" || daysLeft > days) {
    return undefined;
  }
  const when = `${daysLeft === 1 ? "tomorrow" : `in ${daysLeft} days`}, on ${until}`;
  return distribution === "eks"
    ? `is EKS ${minor}, whose standard support ends ${when}, and then costs ${price()} (got ${target}). ` +
        wayUp(target, bearings)
    : `is Kubernetes ${minor}, whose support ends ${when} (got ${target}). ${wayUp(target, bearings)}`;
}

function onHeld({ version, target }: VersionedCluster, { calendar, distribution, now }: Bearings): string | undefined {
  const { minor, status, until } = supportOf(calendar, distribution, version, now);
  return version !== target && status === "ended"
    ? `is held at Kubernetes ${minor}, without support since ${until} (got ${version} on the way to ${target}). ` +
        "See what holds it with npm run fleet -- plan."
    : undefined;
}

function onPatch({ target }: VersionedCluster, { calendar, distribution, now }: Bearings): string | undefined {
  const patch = newestPatch(calendar, distribution, target);
  const { status } = supportOf(calendar, distribution, target, now);
  return patch !== undefined && status === "supported" && compareVersions(target, patch) < 0
    ? `is not the newest patch of its minor (got ${target}). Move to ${patch}.`
    : undefined;
}

/** What a month of extended support costs, and what it would be without. */
function price(): string {
  return `${monthlyControlPlaneCost("extended")} instead of ${monthlyControlPlaneCost("standard")} USD a month`;
}
