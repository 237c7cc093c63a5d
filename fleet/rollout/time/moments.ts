import { remembered } from "../../remembered";
import { DAY_MS } from "./spans";

/** From a moment until before another: milliseconds since 1970 in UTC; `to` is Infinity where it has no end. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * When a configured moment begins: a day (`2026-12-24`) with its first minute, a minute (`2026-12-24T18:00`) when the
 * clocks of the IANA zone first show it. A minute that clocks skip is the first one after the gap.
 */
export function momentBegin(text: string, zone: string): Date {
  return new Date(Math.min(...occurrences(localTime(text), zone)));
}

/**
 * When something that lasts until a configured moment is over, as the first moment after it: a day ends where the next
 * one begins, a minute counts when clocks show it for the last time. A minute that they skip is the first one after the
 * gap.
 */
export function momentEnd(text: string, zone: string): Date {
  return isDay(text)
    ? new Date(Math.min(...occurrences(localTime(text) + DAY_MS, zone)))
    : new Date(Math.max(...occurrences(localTime(text), zone)));
}

/** `2027-01-03 00:00 Europe/Berlin` */
export function momentText(moment: Date, zone: string): string {
  const [day, time = ""] = wallTime(moment, zone).toISOString().split("T");
  return `${day} ${time.slice(0, 5)} ${zone}`;
}

/** When something may start, with its day: `Sat 2026-12-05 02:00 Europe/Berlin`. */
export function nextOpeningText(moment: Date, zone: string): string {
  const [weekday] = wallTime(moment, zone).toUTCString().split(",");
  return `${weekday} ${momentText(moment, zone)}`;
}

function wallTime(moment: Date, zone: string): Date {
  return new Date(wallClock(moment.getTime(), zone));
}

/** A configured moment, written as if it were UTC. */
function localTime(text: string): number {
  return Date.parse(isDay(text) ? text : `${text}Z`);
}

function isDay(text: string): boolean {
  return text.length === "2026-12-24".length;
}

/** The instants at which clocks show a local time: one, two, or the end of the gap in which it lies. */
function occurrences(local: number, zone: string): readonly number[] {
  // A zone is less than a day away from UTC, and changes its offset only once within two days.
  const offsets = [offsetAt(local - DAY_MS, zone), offsetAt(local + DAY_MS, zone)];
  const shown = offsets.map((offset) => local - offset).filter((instant) => wallClock(instant, zone) === local);
  return shown.length > 0 ? shown : [changeBetween(local - DAY_MS, local + DAY_MS, zone)];
}

/** The instant between two at which the offset of a zone becomes another. */
function changeBetween(before: number, after: number, zone: string): number {
  const offset = offsetAt(before, zone);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/** How far the clocks of a zone are ahead of UTC, milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const second = Math.floor(instant / 1000) * 1000;
  return wallClock(second, zone) - second;
}

/** What the clocks of a zone show at an instant, to the second, written as if it were UTC. */
function wallClock(instant: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 0, day, hour = 0, minute, second] = UNITS.map((unit) => parts.get(unit));
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  return wall.setUTCHours(hour, minute, second);
}

const UNITS = ["year", "month", "day", "hour", "minute", "second"] as const;

/** Slow to make. */
const formatOf = remembered((timeZone: string) => {
  const units = Object.fromEntries(UNITS.map((unit) => [unit, "numeric"]));
  return new Intl.DateTimeFormat("en", { timeZone, hourCycle: "h23", ...units });
});
