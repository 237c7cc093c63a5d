import type { ResourceValidationPolicy } from "@pulumi/policy";
import { daysLeft, WAIVABLE_RULES, type Waiver } from "../../fleet/waivers";
import { validateFleet, waiversOf } from "../registered-fleet";
import { shown, UNKNOWN } from "../values";

const NAME = "fleet-list-waivers";

/** Days before its end from which a message asks to renew a waiver or to do without it. */
const NOTICE_DAYS = 14;

/**
 * Lists the waivers of a fleet: those in force, those about to end, those that have ended, and those of no use.
 *
 * Why: a waiver is a debt with a date. Listed in every preview it is paid back; in the stack file alone it is
 * forgotten until it ends, and then it stops a run at a bad hour.
 *
 * Source: `clusters.<name>.waivers` of the stack file. Whether a waiver still lifts anything is not judged: remove it
 * to see.
 *
 * Remedy: cure the cluster and remove the waiver, or renew it with a reason that still holds.
 */
export const fleetListWaivers: ResourceValidationPolicy = {
  name: NAME,
  description: "The waivers of the fleet, with reason and end.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps: "Cure the cluster and remove the waiver, or renew it with a reason that still holds.",
  validateResource: validateFleet(NAME, (fleet, find) => {
    for (const cluster of fleet.clusters) {
      const waivers = waiversOf(cluster);
      for (const waiver of waivers === UNKNOWN ? [] : waivers) {
        find(cluster, `waivers.${waiver.rule}`, standing(waiver, fleet.now));
      }
    }
  }),
};

function standing(waiver: Waiver, now: Date): string {
  const { rule, until } = waiver;
  if (!WAIVABLE_RULES.includes(rule)) {
    return `lifts nothing, for this rule cannot be waived (got ${shown(rule)}). Remove it.`;
  }
  const reason = `(got ${shown(waiver.reason)})`;
  const days = daysLeft(waiver, now);
  if (Number.isNaN(days)) {
    return `lifts nothing, for its end is not a day (got ${shown(until)}). Write it as YYYY-MM-DD.`;
  }
  if (days < 0) {
    return `ended on ${until} ${reason}. Remove it.`;
  }
  if (days > NOTICE_DAYS) {
    return `holds until ${until} ${reason}. Cure the cluster before then.`;
  }
  const when = ["today", "tomorrow"][days] ?? `in ${days} days`;
  return `ends ${when}, on ${until} ${reason}. Cure the cluster before then, or renew the waiver.`;
}
