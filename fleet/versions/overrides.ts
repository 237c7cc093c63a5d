import { z } from "zod";

import { says } from "../config/rules";
import { version } from "../config/schema/text";
import { isoDate } from "../dates";
import { calendarData, dateProblems, DISTRIBUTIONS, type MinorSupport } from "./calendar";
import { MINOR } from "./data-file";

const overrideRow = z.strictObject({
  released: isoDate.optional(),
  standardEnds: isoDate.optional(),
  extendedEnds: isoDate.optional(),
  newestPatch: version.optional(),
});
const byMinor = z.record(z.string(), overrideRow);

/**
 * What stands under `cluster-fleet:versions`: fields of minors that replace those of the shipped calendar, or whole new
 * minors. For a contract of one's own, or for news that is not shipped yet.
 */
export const versionOverridesSchema = z
  .strictObject({ kubernetes: byMinor.optional(), eks: byMinor.optional() })
  .superRefine((overrides, context) => {
    for (const distribution of DISTRIBUTIONS) {
      for (const [minor, override] of Object.entries(overrides[distribution] ?? {})) {
        for (const [field, message] of rowProblems(distribution, minor, override)) {
          context.addIssue({ code: "custom", message, path: [distribution, minor, ...field] });
        }
      }
    }
  });
export type VersionOverrides = z.output<typeof versionOverridesSchema>;

/** Field (none for the row itself) and message of each problem that zod's own checks of a row cannot see. */
function rowProblems(
  distribution: (typeof DISTRIBUTIONS)[number],
  minor: string,
  override: Partial<MinorSupport>,
): [string[], string][] {
  if (!MINOR.test(minor)) {
    return [[[], says("minor-shape", "is not a minor version", 'Write it in quotes, such as "1.35"')]];
  }
  const shipped = calendarData[distribution].find((support) => support.minor === minor);
  const { released, standardEnds, ...rest } = { ...shipped, ...override };
  const missing = Object.entries({ released, standardEnds }).filter(([, value]) => value === undefined);
  if (missing.length > 0) {
    return missing.map(([field]) => [
      [field],
      says("missing", "is missing, for a minor that the calendar does not know", "Set it, as YYYY-MM-DD"),
    ]);
  }
  const merged = { minor, released: String(released), standardEnds: String(standardEnds), ...rest };
  return dateProblems(merged).map((problem) => [
    [],
    says("version-calendar", `makes no sense: ${problem}`, "Correct it, or remove it for the shipped value"),
  ]);
}
