import { Cron } from "croner";

import { type Window } from "../../config/schema/upgrades";
import { remembered } from "../../remembered";
import { type Interval } from "./moments";
import { spanMs } from "./spans";

/**
 * The opening of a window that covers a moment, where there is one: its first moment counts, its last does not. Where
 * several do (it opens again before it has closed), the one that closes last.
 *
 * A window opens on its days at its start (00:00 where it has none), or when its cron expression says so, and stays open
 * for its duration of elapsed time: over midnight, and over a change of the clocks, which makes the local time of its
 * end an hour earlier or later. A start that clocks skip opens the window at the first moment after the gap, unless that
 * is another day (Greenland changes its clocks at midnight): then it does not open. A start that clocks show twice opens
 * it at the first. That holds for hours and minutes that a cron expression lists; with `*` in them it opens at every
 * minute that clocks show, and at no other.
 */
export function openingAt(window: Window, now: Date): Interval | undefined {
  const [start] = schedule(window).previousRuns(1, new Date(now.getTime() + 1));
  const opening = start && openingFrom(start, window);
  return opening !== undefined && opening.to > now.getTime() ? opening : undefined;
}

/** The first opening that begins after a moment, not with it; undefined where the window never opens again. */
export function nextOpening(window: Window, after: Date): Interval | undefined {
  const start = schedule(window).nextRun(after);
  return start === null ? undefined : openingFrom(start, window);
}

/** Slow to make. */
const schedule = remembered(
  (window: Window) =>
    new Cron(patternOf(window), { timezone: window.zone, mode: "5-part", fixedTimeRule: "no-wildcard" }),
  (window) => `${window.zone} ${patternOf(window)}`,
);

function patternOf({ cron, days, start = "00:00" }: Window): string {
  const [hour, minute] = start.split(":").map(Number);
  return cron ?? `${minute} ${hour} * * ${days?.join(",") ?? "*"}`;
}

function openingFrom(start: Date, { duration }: Window): Interval {
  return { from: start.getTime(), to: start.getTime() + spanMs(duration) };
}
