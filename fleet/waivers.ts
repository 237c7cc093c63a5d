import { daysBetween, isoDay } from "./dates";

/**
 * Policy rules that a cluster may break for a time, with a reason. Those that guard against damage are not among them:
 * background deletion, content names of class objects, and the labels by which the fleet selects its clusters.
 */
export const WAIVABLE_RULES: readonly string[] = [
  "control-plane-require-quorum",
  "fleet-limit-version-skew",
  "fleet-require-label-sets",
  "fleet-require-names",
  "fleet-require-promotion-order",
  "fleet-require-supported-versions",
];

/** Leave for one cluster to break one rule for a time. */
export interface Waiver {
  /** Name of the policy rule. */
  readonly rule: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. Any other text is a waiver that never holds. */
  readonly until: string;
  /** Why the rule may be broken; whoever reads a preview sees it. */
  readonly reason: string;
}

/** Start of the annotations that carry a cluster's waivers on its `Cluster` object; the rule's name follows. */
export const WAIVER_ANNOTATION_PREFIX = "cluster-fleet.io/waiver.";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ANNOTATION_TEXT = /^until (\d{4}-\d{2}-\d{2}): (.+)$/s;

/** The waiver of a rule that holds on this day, the longest where there are several. */
export function waiverInForce(waivers: readonly Waiver[], rule: string, now: Date): Waiver | undefined {
  const longest = longestWaiver(waivers, rule);
  return longest !== undefined && longest.until >= isoDay(now) ? longest : undefined;
}

/** The waiver of a rule that held until some day before this one; `undefined` while another of the rule holds. */
export function waiverThatEnded(waivers: readonly Waiver[], rule: string, now: Date): Waiver | undefined {
  const longest = longestWaiver(waivers, rule);
  return longest !== undefined && longest.until < isoDay(now) ? longest : undefined;
}

/**
 * Whole days from this day to the last on which a waiver holds: 0 on the last day, negative once it has ended, `NaN`
 * where its end is not a day.
 */
export function daysLeft({ until }: Waiver, now: Date): number {
  return DAY.test(until) ? daysBetween(now, until) : NaN;
}

/** Key and text of the annotation that carries a waiver, e.g. `until 2026-12-31: moves in the December window`. */
export function waiverAnnotation({ rule, until, reason }: Waiver): [key: string, value: string] {
  return [`${WAIVER_ANNOTATION_PREFIX}${rule}`, `until ${until}: ${reason}`];
}

/** Reads what {@link waiverAnnotation} writes; `undefined` for any other annotation and any other text. */
export function parseWaiverAnnotation(key: string, value: string): Waiver | undefined {
  const [, until, reason] = ANNOTATION_TEXT.exec(value) ?? [];
  if (!key.startsWith(WAIVER_ANNOTATION_PREFIX) || until === undefined || reason === undefined) {
    return undefined;
  }
  return { rule: key.slice(WAIVER_ANNOTATION_PREFIX.length), until, reason };
}

/** Days as ISO text sort by time. */
function longestWaiver(waivers: readonly Waiver[], rule: string): Waiver | undefined {
  return waivers
    .filter((waiver) => waiver.rule === rule && DAY.test(waiver.until))
    .reduce<Waiver | undefined>(
      (longest, waiver) => (longest === undefined || waiver.until > longest.until ? waiver : longest),
      undefined,
    );
}
