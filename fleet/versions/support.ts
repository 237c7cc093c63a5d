import { daysBetween, isoDay } from "../dates";
import { type Calendar, type Distribution, type MinorSupport } from "./calendar";
import { compareVersions, minorOf, minorsBetween } from "./version";

/** `extended` is EKS's paid extended support; `unknown` means that the minor is not in the calendar. */
export type SupportStatus = "supported" | "extended" | "ended" | "unknown";

/** What the calendar says about one version on one day. */
export interface Support {
  readonly minor: string;
  readonly status: SupportStatus;
  /** The first day that is not of this status; where support has ended, the day on which it did. */
  readonly until?: string;
  /** Whole days from the day asked about to `until`; 0 on that day, negative after it. */
  readonly daysLeft?: number;
  /** The minor is `unknown` because it is newer than all that the calendar knows, not because it is too old. */
  readonly newerThanCalendar: boolean;
}

/** Whether a version is supported on a day, and for how long. */
export function supportOf(calendar: Calendar, distribution: Distribution, version: string, on: Date): Support {
  const minor = minorOf(version);
  const support = find(calendar, distribution, minor);
  if (support === undefined) {
    const newest = calendar[distribution].at(-1)?.minor ?? "0.0";
    return { minor, status: "unknown", newerThanCalendar: compareVersions(minor, newest) > 0 };
  }
  const { status, until } = phase(support, isoDay(on));
  return { minor, status, until, daysLeft: daysBetween(on, until), newerThanCalendar: false };
}

/** The newest patch known of a version's minor; for EKS usually none, because EKS patches by itself. */
export function newestPatch(calendar: Calendar, distribution: Distribution, version: string): string | undefined {
  return find(calendar, distribution, minorOf(version))?.newestPatch;
}

/**
 * The versions to go through, the last of which is `to`: one for each minor on the way, each in its newest patch known
 * (on EKS upstream's, else the first). Empty where `to` is not newer than `from`; `stepBetween` says why not.
 */
export function upgradePath(
  calendar: Calendar,
  distribution: Distribution,
  from: string,
  to: string,
): readonly string[] {
  if (compareVersions(from, to) >= 0) {
    return [];
  }
  const [major, first] = minorOf(from).split(".").map(Number) as [number, number];
  const between = Math.max(0, minorsBetween(from, to) - 1);
  const passed = Array.from({ length: between }, (_, index) => `${major}.${first + index + 1}`);
  return [...passed.map((minor) => versionToPass(calendar, distribution, minor)), to];
}

function versionToPass(calendar: Calendar, distribution: Distribution, minor: string): string {
  return newestPatch(calendar, distribution, minor) ?? newestPatch(calendar, "kubernetes", minor) ?? `v${minor}.0`;
}

function find(calendar: Calendar, distribution: Distribution, minor: string): MinorSupport | undefined {
  return calendar[distribution].find((support) => support.minor === minor);
}

function phase({ standardEnds, extendedEnds }: MinorSupport, day: string): { status: SupportStatus; until: string } {
  if (day < standardEnds) {
    return { status: "supported", until: standardEnds };
  }
  if (extendedEnds !== undefined && day < extendedEnds) {
    return { status: "extended", until: extendedEnds };
  }
  return { status: "ended", until: extendedEnds ?? standardEnds };
}
