import { rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { daysBetween, isoDate, isoDay } from "../../fleet/dates";
import {
  calendar,
  calendarData,
  calendarFile,
  calendarText,
  type CalendarChange,
  type CalendarFile,
  DATA_MAX_AGE_DAYS,
  DISTRIBUTIONS,
  type Distribution,
  monthlyControlPlaneCost,
  refreshCalendar,
  supportCost,
  supportOf,
} from "../../fleet/versions";
import { defineCommand } from "../command";
import { CliError, EXIT, UsageError } from "../errors";
import { type Output } from "../output";

const CALENDAR_FILE = path.join(__dirname, "../../fleet/versions/data/calendar.json");

/** From this many days before an end on, it is shown in yellow: one quarter, the rhythm of most upgrade plans. */
const SOON_DAYS = 90;

/** `npm run fleet -- versions` */
export const versions = defineCommand({
  name: "versions",
  summary: "how long each Kubernetes minor is supported, upstream and on EKS",
  options: {
    on: { type: "text", value: "YYYY-MM-DD", summary: "count the days from this day; default: today" },
    refresh: { type: "flag", summary: "compare the shipped calendar with a public source" },
    source: { type: "text", value: "URL", summary: "the API to compare with; default: endoflife.date" },
    write: { type: "flag", summary: "take the differences over into fleet/versions/data" },
  },
  details:
    "The calendar is the one that ships with this version, without the overrides of any stack. See docs/versions.md.",
  async run({ values, out }) {
    const { on, refresh: compare = false, source, write = false } = values;
    if (compare && on !== undefined) {
      throw new UsageError("--on has no meaning with --refresh, which happens today. Leave it out.");
    }
    if (!compare && (source !== undefined || write)) {
      throw new UsageError(`--${write ? "write" : "source"} needs --refresh. Add it, or leave both out.`);
    }
    if (compare) {
      await refresh({ source, write, on: new Date(), file: CALENDAR_FILE }, out);
    } else {
      show(dayOf(on), out);
    }
    return EXIT.done;
  },
});

export interface RefreshOptions {
  /** Base address of the API; default: endoflife.date. */
  readonly source?: string | undefined;
  readonly write: boolean;
  /** The day that the file is dated with. */
  readonly on: Date;
  /** The calendar file to write. */
  readonly file: string;
}

/**
 * Compares the shipped calendar with a public source, and writes it anew on demand.
 * @throws CliError if the source cannot be read or says what cannot be; nothing is written then.
 */
export async function refresh({ source, write, on, file }: RefreshOptions, out: Output): Promise<void> {
  const { fetchSupport, VersionsSourceError } = await import("../../live/versions-source");
  const published = await fetchSupport(source).catch((error: unknown) => {
    throw error instanceof VersionsSourceError
      ? new CliError(`${error.message} Nothing was changed.`, { cause: error })
      : error;
  });
  const refreshed = refreshCalendar(calendarData, published, isoDay(on));
  const checked = calendarFile.safeParse(refreshed.file);
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`).join("\n");
    throw new CliError(
      `What the source says cannot be:\n${problems}\nNothing was changed. Try again later, or edit the calendar by hand.`,
    );
  }
  if (write) await replaceFile(file, checked.data);
  report(refreshed.changes, write, isoDay(on), out);
}

async function replaceFile(file: string, contents: CalendarFile): Promise<void> {
  await writeFile(`${file}.new`, calendarText(contents));
  await rename(`${file}.new`, file);
}

function report(changes: readonly CalendarChange[], written: boolean, day: string, out: Output): void {
  if (out.json) {
    out.data({ changes, written });
    return;
  }
  if (changes.length > 0) {
    const rows = changes.map(({ distribution, minor, field, from = "-", to }) => [
      distribution,
      minor,
      field,
      from,
      to,
    ]);
    out.table(rows, { head: ["CALENDAR", "MINOR", "FIELD", "SHIPPED", "SOURCE"] });
  } else {
    out.line("The source says nothing that the calendar does not.");
  }
  const verdict = written
    ? `The calendar is written, dated ${day}.`
    : `Nothing was written. Add --write to date the calendar ${day}${changes.length > 0 ? " with this taken over" : ""}.`;
  out.line(verdict);
}

function show(on: Date, out: Output): void {
  const known = calendar();
  if (out.json) {
    const rows = (distribution: Distribution) =>
      known[distribution].map((each) => ({ ...each, ...supportOf(known, distribution, each.minor, on) }));
    out.data({ dated: known.dated, on: isoDay(on), kubernetes: rows("kubernetes"), eks: rows("eks"), supportCost });
    return;
  }
  const minors = [...new Set(DISTRIBUTIONS.flatMap((each) => known[each].map(({ minor }) => minor)))];
  const rows = minors.map((minor) => {
    const upstream = known.kubernetes.find((each) => each.minor === minor);
    const eks = known.eks.find((each) => each.minor === minor);
    const ends = [upstream?.standardEnds, eks?.standardEnds, eks?.extendedEnds];
    return [minor, ...ends.map((end) => dayCell(end, on, out)), upstream?.newestPatch ?? "-"];
  });
  out.table(rows, { head: ["MINOR", "UPSTREAM ENDS", "EKS STANDARD ENDS", "EKS EXTENDED ENDS", "NEWEST PATCH"] });
  out.line();
  out.line(`Known on ${known.dated}; days are counted from ${isoDay(on)}. EKS extended support costs`);
  out.line(
    `${monthlyControlPlaneCost("extended")} instead of ${monthlyControlPlaneCost("standard")} USD a month for each cluster (list price of ${supportCost.dated}).`,
  );
  if (-daysBetween(on, known.dated) > DATA_MAX_AGE_DAYS) {
    out.note(
      `The calendar is older than ${DATA_MAX_AGE_DAYS} days. Refresh it: npm run fleet -- versions --refresh --write`,
    );
  }
}

function dayCell(day: string | undefined, on: Date, out: Output): string {
  if (day === undefined) return "-";
  const left = daysBetween(on, day);
  const style = left <= 0 ? "red" : left <= SOON_DAYS ? "yellow" : undefined;
  const text = `${day} (${left} d)`;
  return style === undefined ? text : out.style(style, text);
}

function dayOf(text: string | undefined): Date {
  if (text === undefined) return new Date();
  const day = isoDate.safeParse(text);
  if (!day.success) throw new UsageError(`--on is not a date (got ${text}). Write it as YYYY-MM-DD.`);
  return new Date(`${day.data}T00:00:00Z`);
}
