import { z } from "zod";

import { says } from "./config/rules";

const NOT_A_DATE = says("date", "is not a date", "Write it as YYYY-MM-DD");

/** A date, or an unquoted YAML date as the Pulumi engine hands it over (`2026-12-31 00:00:00 +0000 UTC`). */
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]00:00:00(?:Z| \+0000 UTC))?$/;

/** A day as YYYY-MM-DD, always UTC. Takes the engine's form of an unquoted YAML date and gives the day alone. */
export const isoDate = z
  .string(NOT_A_DATE)
  .regex(DATE, { error: NOT_A_DATE, abort: true })
  .overwrite((text) => text.slice(0, 10))
  .refine(isDay, NOT_A_DATE);

/** Whole days from the day of `from` to the day `isoDate`, both in UTC; negative once the day is past. */
export function daysBetween(from: Date, isoDate: string): number {
  return Math.round((Date.parse(isoDate) - Date.parse(isoDay(from))) / 86_400_000);
}

/** The day of a moment in UTC, as YYYY-MM-DD. */
export function isoDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Refuses 2026-02-30, which some parsers roll over into March. */
function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && isoDay(moment) === text;
}
