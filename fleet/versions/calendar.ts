import { z } from "zod";

import { isoDate } from "../dates";
import shipped from "./data/calendar.json";
import { dataFile, load, minor, patch, row } from "./data-file";
import { type VersionOverrides } from "./overrides";
import { compareVersions, minorOf, minorsBetween } from "./version";

/** Whose support counts: upstream's, or that of EKS. */
export type Distribution = "kubernetes" | "eks";
export const DISTRIBUTIONS = ["kubernetes", "eks"] as const;

/** Older data is not to be trusted: a test fails, and the CLI says so. Three months bring a new minor and three patches. */
export const DATA_MAX_AGE_DAYS = 90;

/** How long one minor is supported. All dates are days in UTC. */
export interface MinorSupport {
  /** `1.35` */
  readonly minor: string;
  readonly released: string;
  /** First day without standard support. On EKS the higher price begins at 00:00 UTC of that day. */
  readonly standardEnds: string;
  /** First day without any support; absent where there is no extended support. EKS then upgrades by itself. */
  readonly extendedEnds?: string;
  /** Newest patch known, with v. Absent for EKS, which patches control planes by itself. */
  readonly newestPatch?: string;
}

/** Support of each minor, oldest first, as known on the day `dated`. */
export interface Calendar {
  readonly dated: string;
  readonly kubernetes: readonly MinorSupport[];
  readonly eks: readonly MinorSupport[];
}

const supportRow = row({
  minor,
  released: isoDate,
  standardEnds: isoDate,
  extendedEnds: isoDate.optional(),
  newestPatch: patch.optional(),
});

/** The calendar file. Its tables must make sense: see {@link orderProblems}. */
export const calendarFile = dataFile({
  kubernetes: z.array(supportRow).min(1),
  eks: z.array(supportRow).min(1),
}).superRefine((file, context) => {
  for (const distribution of DISTRIBUTIONS) {
    for (const problem of orderProblems(file[distribution])) {
      context.addIssue({ code: "custom", message: problem, path: [distribution] });
    }
  }
});
export type CalendarFile = z.output<typeof calendarFile>;

/** The file that ships with this version, with sources; {@link calendar} is what questions are asked of. */
export const calendarData = load("calendar.json", calendarFile, shipped);

/** Upstream's support for what Cluster API builds itself, that of EKS for `aws-eks`. */
export function distributionOf(family: string): Distribution {
  return family === "aws-eks" ? "eks" : "kubernetes";
}

/** The calendar that ships with this version, with the overrides of the stack laid over it minor by minor. */
export function calendar(overrides: VersionOverrides = {}): Calendar {
  return {
    dated: calendarData.dated,
    kubernetes: overlay(calendarData.kubernetes, overrides.kubernetes),
    eks: overlay(calendarData.eks, overrides.eks),
  };
}

/**
 * What makes a table of minors impossible: a gap, dates in the wrong order, a later minor that ends earlier, a patch of
 * another minor. Empty for a table that makes sense.
 */
export function orderProblems(rows: readonly MinorSupport[]): string[] {
  return rows.flatMap((support, index) => {
    const problems = dateProblems(support);
    const before = rows[index - 1];
    if (before !== undefined && minorsBetween(before.minor, support.minor) !== 1) {
      problems.push(`${support.minor} does not follow ${before.minor}`);
    }
    for (const key of ["released", "standardEnds", "extendedEnds"] as const) {
      if ((support[key] ?? "9") <= (before?.[key] ?? "0")) {
        problems.push(`${support.minor} has ${key} ${support[key]}, not after ${before?.[key]} of ${before?.minor}`);
      }
    }
    return problems;
  });
}

/** The same for one minor alone. */
export function dateProblems({ minor, released, standardEnds, extendedEnds, newestPatch }: MinorSupport): string[] {
  const problems = [];
  if (released >= standardEnds) {
    problems.push(`${minor} has standardEnds ${standardEnds}, not after released ${released}`);
  }
  if (extendedEnds !== undefined && standardEnds >= extendedEnds) {
    problems.push(`${minor} has extendedEnds ${extendedEnds}, not after standardEnds ${standardEnds}`);
  }
  if (newestPatch !== undefined && minorOf(newestPatch) !== minor) {
    problems.push(`${minor} has newestPatch ${newestPatch}, of another minor`);
  }
  return problems;
}

function overlay(rows: readonly MinorSupport[], overrides: VersionOverrides["kubernetes"] = {}): MinorSupport[] {
  const byMinor = new Map<string, MinorSupport>(
    rows.map(({ minor, released, standardEnds, extendedEnds, newestPatch }) => [
      minor,
      withoutUndefined({ minor, released, standardEnds, extendedEnds, newestPatch }),
    ]),
  );
  for (const [minor, override] of Object.entries(overrides)) {
    const merged = { ...byMinor.get(minor), ...withoutUndefined(override), minor };
    if (!isComplete(merged)) {
      throw new Error(`versions: ${minor} is not in the calendar. Set its released and standardEnds.`);
    }
    byMinor.set(minor, merged);
  }
  return [...byMinor.values()].sort((a, b) => compareVersions(a.minor, b.minor));
}

function isComplete(support: Partial<MinorSupport>): support is MinorSupport {
  return support.released !== undefined && support.standardEnds !== undefined;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
