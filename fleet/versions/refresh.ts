import { type CalendarFile, DISTRIBUTIONS, type Distribution, type MinorSupport } from "./calendar";
import { compareVersions } from "./version";

/** What a maintained public source says of one minor; what it does not know is absent. */
export type PublishedMinor = Partial<Omit<MinorSupport, "minor">> & { readonly minor: string };

/** What a maintained public source says of one distribution. */
export interface PublishedSupport {
  /** Address that was read. */
  readonly at: string;
  /** Day on which the source was last changed. */
  readonly says: string;
  readonly minors: readonly PublishedMinor[];
}

/** One field of the calendar that a public source knows better. */
export interface CalendarChange {
  readonly distribution: Distribution;
  readonly minor: string;
  readonly field: keyof Omit<MinorSupport, "minor">;
  /** Absent where the calendar did not have it. */
  readonly from?: string;
  readonly to: string;
}

const FIELDS = ["released", "standardEnds", "extendedEnds", "newestPatch"] as const;
type Row = CalendarFile[Distribution][number];

/**
 * The calendar file as it should be on a day, and what changes by that; `calendarFile` is yet to check it. Minors older
 * than its oldest stay out, minors that the source does not know stay in, a newer patch than the source's stays.
 */
export function refreshCalendar(
  file: CalendarFile,
  published: Readonly<Record<Distribution, PublishedSupport>>,
  on: string,
): { file: CalendarFile; changes: CalendarChange[] } {
  const refreshed = { ...file, dated: on, sources: { ...file.sources } };
  const changes: CalendarChange[] = [];
  for (const distribution of DISTRIBUTIONS) {
    const { at, says, minors } = published[distribution];
    const rows = new Map(file[distribution].map((row) => [row.minor, row]));
    const source = `refreshed-${distribution}`;
    for (const news of minors.filter(({ minor }) => compareVersions(minor, oldest(file[distribution])) >= 0)) {
      const row = rows.get(news.minor);
      const fields = FIELDS.filter((field) => isBetter(field, row?.[field], news[field]));
      const merged = { ...row, ...pick(news, fields), minor: news.minor };
      if (fields.length === 0 || !hasDates(merged)) continue;
      rows.set(news.minor, { ...merged, sources: [...new Set([...(row?.sources ?? []), source])] });
      refreshed.sources[source] = { at, says };
      changes.push(...fields.map((field) => changeOf(distribution, news, field, row)));
    }
    refreshed[distribution] = [...rows.values()].sort((a, b) => compareVersions(a.minor, b.minor));
  }
  return { file: refreshed, changes };
}

/** The file's text: two blanks of indent, lists of words on one line, as prettier has it. */
export function calendarText(file: CalendarFile): string {
  const text = JSON.stringify(file, undefined, 2);
  return `${text.replace(/\[\s+("[^\]{]*")\s+\]/g, (_, words: string) => `[${words.replace(/,\s+/g, ", ")}]`)}\n`;
}

type Field = (typeof FIELDS)[number];

function isBetter(field: Field, from: string | undefined, to: string | undefined): boolean {
  if (to === undefined || from === undefined) {
    return to !== undefined;
  }
  return field === "newestPatch" ? compareVersions(to, from) > 0 : to !== from;
}

function changeOf(
  distribution: Distribution,
  news: PublishedMinor,
  field: Field,
  row: Row | undefined,
): CalendarChange {
  const from = row?.[field];
  return { distribution, minor: news.minor, field, ...(from === undefined ? {} : { from }), to: news[field] ?? "" };
}

function pick(news: PublishedMinor, fields: readonly Field[]): Partial<PublishedMinor> {
  return Object.fromEntries(fields.map((field) => [field, news[field]]));
}

/** A minor whose end nobody has published yet stays absent. */
function hasDates<T extends Partial<MinorSupport>>(row: T): row is T & { released: string; standardEnds: string } {
  return row.released !== undefined && row.standardEnds !== undefined;
}

function oldest(rows: readonly Row[]): string {
  return rows[0]?.minor ?? "0.0";
}
