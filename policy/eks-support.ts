import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import { type Calendar, calendar, compareVersions, supportOf, versionOverridesSchema } from "../fleet/versions";
import { shown } from "./values";

/** Config of the rules that ask how long EKS supports a minor. */
export const EKS_VERSIONS_CONFIG = {
  type: "object",
  default: {},
  description:
    "Corrections of the shipped calendar of EKS by minor, as under cluster-fleet:versions: released, standardEnds, " +
    "extendedEnds.",
} as const;

interface VersionsConfig {
  readonly versions?: Parameters<typeof shown>[0];
}

const MINOR = /^\d+\.\d+$/;

/** Whether a value is a minor as EKS takes it: without a v, and without a patch, which EKS chooses itself. */
export function isEksMinor(value: unknown): value is string {
  return typeof value === "string" && MINOR.test(value);
}

/** The calendar with the corrections of the rule's configuration; `undefined`, and reported, where they make none. */
export function eksCalendar(args: ResourceValidationArgs, report: ReportViolation): Calendar | undefined {
  const { versions = {} } = args.getConfig<VersionsConfig>();
  const corrections = versionOverridesSchema.safeParse({ eks: versions });
  if (!corrections.success) {
    report(
      `versions: the policy's configuration makes no calendar of EKS (got ${shown(versions)}). ` +
        'Write each minor as "1.40": {"released": "YYYY-MM-DD", "standardEnds": "YYYY-MM-DD"}.',
    );
    return undefined;
  }
  return calendar(corrections.data);
}

/** The nearest minors up to one in standard support, as the end of a message. */
export function wayToSupport(eks: Calendar, minor: string, now: Date): string {
  const newer = eks.eks.map((support) => support.minor).filter((each) => compareVersions(minor, each) < 0);
  const end = newer.findIndex((each) => supportOf(eks, "eks", each, now).status === "supported");
  const way = newer.slice(0, end + 1);
  if (way.length === 0) {
    return "Tell what is supported under versions of this rule's configuration, or update cluster-fleet.";
  }
  return way.length === 1 ? `Upgrade to ${way.join()}.` : `Upgrade one minor at a time: ${way.join(", ")}.`;
}
