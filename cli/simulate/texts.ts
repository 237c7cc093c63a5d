import { type Window } from "../../fleet/config/schema/upgrades";
import { changeText } from "../../fleet/rollout/revision";
import { type MissedWindow, type SimulatedStep, type SupportPassed } from "../../fleet/rollout/simulate/types";
import { nextOpeningText } from "../../fleet/rollout/time/moments";
import { DAY_MS, spanMs, spanText } from "../../fleet/rollout/time/spans";
import { usdText } from "../../fleet/cost/money";
import { counted } from "../../fleet/words";

/** `Sat 2026-12-05` */
export function dayText(moment: Date, zone: string): string {
  return nextOpeningText(moment, zone).split(" ").slice(0, 2).join(" ");
}

/** `02:00` */
export function timeText(moment: Date, zone: string): string {
  return nextOpeningText(moment, zone).split(" ")[2] ?? "";
}

/** `Sat 2026-12-05 02:00`; the zone is said once, above. */
export function momentText(moment: Date, zone: string): string {
  return `${dayText(moment, zone)} ${timeText(moment, zone)}`;
}

/** `09:00-13:00`; with the day of its end where that is another. */
export function spanOf(from: Date, to: Date, zone: string): string {
  const [weekday] = dayText(to, zone).split(" ");
  const ends = dayText(from, zone) === dayText(to, zone) ? "" : `${weekday} `;
  return `${timeText(from, zone)}-${ends}${timeText(to, zone)}`;
}

/** `Tue, Thu 09:00, 4 h, Europe/Berlin` */
export function windowText({ days, start = "00:00", cron, duration, zone }: Window): string {
  const opens = cron === undefined ? `${days?.join(", ") ?? "daily"} ${start}` : `cron ${cron}`;
  return `${opens}, ${spanText(spanMs(duration))}, ${zone}`;
}

/** What a step does: `v1.34.3 -> v1.35.2`, else what else differs. */
export function stepText({ kind, from, to, changes }: SimulatedStep): string {
  switch (kind) {
    case "nodes":
      return `nodes to ${to.kubernetes}`;
    case "create":
      return `made at ${to.kubernetes ?? "its target"}`;
    case "adopt":
      return "adopted";
    case "add-ons":
      return changes.join(", ");
    case "step":
      return from.kubernetes === to.kubernetes ? changeText(from, to) : `${from.kubernetes} -> ${to.kubernetes}`;
  }
}

/** `a, b, c and 7 more` */
export function someOf(names: readonly string[], most = 3): string {
  return names.length <= most + 1
    ? names.join(", ")
    : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** `75 days` */
export function daysText(ms: number): string {
  return ms < DAY_MS ? spanText(ms) : counted(Math.round(ms / DAY_MS), "day");
}

/** @param from The first run: what ended before it is past. */
export function supportText(passed: SupportPassed, { zone, from }: { readonly zone: string; readonly from: Date }) {
  const { distribution, minor, ends, forced, clusters, left, usd } = passed;
  const whose = distribution === "eks" ? "EKS' standard support" : "Upstream's support";
  const who = counted(clusters.length, "cluster");
  const last = left === undefined ? "some never leave it" : `the last leaves it on ${dayText(left, zone)}`;
  const then = distribution === "eks" ? `extended support costs USD ${usdText(usd)} more` : "nobody mends it";
  const byItself = forced === undefined ? "" : ` EKS upgrades what is left by itself on ${forced}.`;
  const end = Date.parse(ends) < from.getTime() ? "ended" : "ends";
  return `${whose} of ${minor} ${end} on ${ends} with ${who} on it; ${last}; ${then}.${byItself}`;
}

/** Misses of one window that have the same cause, over its openings. */
export interface MissedOften {
  readonly window: number;
  readonly stage: string;
  readonly reason: string;
  readonly openings: number;
  readonly first: Date;
  readonly last: Date;
  /** In the opening that had the most. */
  readonly clusters: readonly string[];
}

/** By window and stage, in order of the first. */
export function missedOften(missed: readonly MissedWindow[]): MissedOften[] {
  const groups = new Map<string, MissedOften>();
  for (const { window, stage, reason, from, clusters } of missed) {
    const key = JSON.stringify([window, stage, reason]);
    const before = groups.get(key);
    groups.set(key, {
      window,
      stage,
      reason,
      openings: (before?.openings ?? 0) + 1,
      first: before?.first ?? from,
      last: from,
      clusters: before !== undefined && before.clusters.length >= clusters.length ? before.clusters : clusters,
    });
  }
  return [...groups.values()];
}
