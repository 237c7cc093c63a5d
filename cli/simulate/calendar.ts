import { type Opening, openingsBetween } from "../../fleet/rollout/simulate/openings";
import { type SimulatedStep } from "../../fleet/rollout/simulate/types";
import { type Played } from "./play";
import { dayText, stepText } from "./texts";

/** Clusters of a stage that do the same in one opening of a window, or on one day where there is none. */
export interface CalendarEntry {
  readonly day: string;
  readonly opening?: Opening;
  readonly stage: string;
  readonly what: string;
  /** The first step, and the end of the last that ends. */
  readonly start: Date;
  readonly end?: Date;
  readonly clusters: readonly string[];
  readonly failed: readonly string[];
}

/** More openings than a year of hours has are nobody's calendar. */
const MOST_OPENINGS = 10_000;

/** What moves when, by its beginning. */
export function calendarEntries({ simulation, upgrades, zone }: Played): CalendarEntry[] {
  const last = simulation.steps.at(-1)?.start;
  const openings = last === undefined ? [] : openingsBetween(upgrades, simulation.from, after(last), MOST_OPENINGS);
  const entries = new Map<string, CalendarEntry>();
  for (const step of simulation.steps) {
    const opening = openingOf(step, openings, (index) => upgrades.windows[index]?.stages);
    const day = dayText(opening === undefined ? step.start : new Date(opening.from), zone);
    const what = stepText(step);
    const key = JSON.stringify([day, opening?.window, opening?.from, step.stage, what]);
    entries.set(
      key,
      withStep(entries.get(key) ?? { ...(opening && { opening }), ...emptyEntry(step, day, what) }, step),
    );
  }
  return [...entries.values()];
}

function emptyEntry({ stage, start }: SimulatedStep, day: string, what: string): CalendarEntry {
  return { day, stage, what, start, clusters: [], failed: [] };
}

function withStep(entry: CalendarEntry, { cluster, end }: SimulatedStep): CalendarEntry {
  const latest = end === undefined || (entry.end !== undefined && entry.end > end) ? entry.end : end;
  return {
    ...entry,
    clusters: [...entry.clusters, cluster],
    failed: end === undefined ? [...entry.failed, cluster] : entry.failed,
    ...(latest === undefined ? {} : { end: latest }),
  };
}

/** What is made or adopted needs no window. */
function openingOf(
  { kind, stage, start }: SimulatedStep,
  openings: readonly Opening[],
  stagesOf: (window: number) => readonly string[] | undefined,
): Opening | undefined {
  if (kind === "create" || kind === "adopt") return undefined;
  return openings.find(
    ({ window, from, to }) =>
      from <= start.getTime() && start.getTime() < to && (stagesOf(window)?.includes(stage) ?? true),
  );
}

function after(moment: Date): Date {
  return new Date(moment.getTime() + 1);
}
