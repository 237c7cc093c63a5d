import fc from "fast-check";

import { type DAYS, type Freeze, type Window } from "../../../../../fleet/config/schema/upgrades";

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"];

/** Days before clocks change in one of the zones, before a leap day, and before a new year. */
const STARTS = [
  "2026-03-05",
  "2026-03-26",
  "2026-04-02",
  "2026-10-01",
  "2026-10-22",
  "2026-10-29",
  "2028-02-25",
  "2026-12-28",
].map((day) => Date.parse(day));
const TABLE_DAYS = 12;

/** Twelve days whose minutes are looked at one by one, and a moment on their fourth. */
export interface Scan {
  readonly start: number;
  /** Minutes of the table. */
  readonly minutes: number;
  readonly now: number;
  readonly zone: string;
}

export const scan: fc.Arbitrary<Scan> = fc
  .record({
    start: fc.constantFrom(...STARTS),
    minute: fc.integer({ min: 0, max: 1439 }),
    rest: fc.constantFrom(0, 1, 500, MINUTE - 1),
    zone: fc.constantFrom(...ZONES),
  })
  .map(({ start, minute, rest, zone }) => ({
    start,
    minutes: (TABLE_DAYS * DAY) / MINUTE,
    now: start + 3 * DAY + minute * MINUTE + rest,
    zone,
  }));

const tables = new Map<string, readonly number[]>();

/** What clocks of a zone show at each minute from `start` on, written as if it were UTC. */
export function wallClocks({ start, minutes }: Scan, zone: string): readonly number[] {
  const key = `${zone} ${start}`;
  const known = tables.get(key);
  if (known !== undefined) {
    return known;
  }
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const shown = Array.from({ length: minutes }, (_, minute) => format.format(start + minute * MINUTE));
  const table = shown.map((text) => Date.parse(`${text.replace(" ", "T")}Z`));
  tables.set(key, table);
  return table;
}

/** Places of the minutes at which a window with days opens: clocks come to its start, or past it, for the first time. */
export function startsOf({ days, start = "00:00", zone }: Window, scan: Scan): number[] {
  const walls = wallClocks(scan, zone);
  const first = Number(walls[0]);
  const due = Array.from({ length: TABLE_DAYS + 2 }, (_, day) => new Date(first - (first % DAY) + day * DAY))
    .filter((day) => days?.includes(day.toUTCString().slice(0, 3) as (typeof DAYS)[number]) ?? true)
    .map((day) => Date.parse(`${day.toISOString().slice(0, 10)}T${start}Z`))
    .filter((local) => local > first);
  return due.map((local) => walls.findIndex((wall) => wall >= local)).filter((minute) => minute >= 0);
}

/** The minutes that a freeze covers, as [first, first after]. */
export function frozenMinutes({ from, to, zone }: Freeze, scan: Scan): [number, number] {
  const walls = wallClocks(scan, zone);
  const local = (text: string) => Date.parse(text.length === 10 ? text : `${text}Z`);
  const firstAt = (time: number) => {
    const minute = walls.findIndex((wall) => wall >= time);
    return minute < 0 ? walls.length : minute;
  };
  const end = to.length === 10 ? firstAt(local(to) + DAY) : walls.findLastIndex((wall) => wall < local(to)) + 1;
  return [firstAt(local(from)), end];
}

/** A window with days, as the schema gives it. */
export const dayWindow: fc.Arbitrary<Window> = fc.record(
  {
    days: fc.subarray<(typeof DAYS)[number]>(["Mon", "Wed", "Sat", "Sun"], { minLength: 1 }),
    start: fc.constantFrom("00:00", "00:30", "01:30", "01:45", "02:00", "02:15", "02:30", "03:00", "12:34", "23:30"),
    stages: fc.constantFrom<string[]>(["prod"], ["test", "prod"], ["test"]),
    duration: fc.constantFrom("0m", "1m", "20m", "1h", "4h", "12h", "24h", "30h", "2d"),
    zone: fc.constantFrom(...ZONES),
  },
  { requiredKeys: ["duration", "zone"] },
);
