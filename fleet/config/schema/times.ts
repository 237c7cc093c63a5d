import { Cron } from "croner";
import { z } from "zod";

import { nearest } from "../../suggest";
import { says } from "../rules";
import { textOf } from "./text";

const NOT_A_SPAN = says("span", "is not a length of time", "Write a whole number and a unit, such as 30m, 12h or 7d");

/** A length of time: `30m`, `12h`, `7d`. */
export const span = textOf(NOT_A_SPAN)
  .regex(/^\d{1,5}[mhd]$/, NOT_A_SPAN)
  .meta({ examples: ["12h"] });

const NOT_AN_AMOUNT = says(
  "amount",
  "is neither a number nor a share",
  "Write a whole number without quotes, such as 2, or a share, such as 25%",
);

/** A number of clusters, or a share of a stage: `2`, `25%`. */
export const amount = z.union(
  [z.int().min(0, NOT_AN_AMOUNT).max(10_000, NOT_AN_AMOUNT), z.string().regex(/^(\d|[1-9]\d|100)%$/, NOT_AN_AMOUNT)],
  NOT_AN_AMOUNT,
);
export type Amount = z.output<typeof amount>;

const NOT_A_TIME_OF_DAY = says("time-of-day", "is not a time of day", 'Write it in quotes, from "00:00" to "23:59"');

/** Local time of day, on a clock of 24 hours. */
export const timeOfDay = textOf(NOT_A_TIME_OF_DAY)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, NOT_A_TIME_OF_DAY)
  .meta({ examples: ["02:00"] });

/**
 * Time zone by its IANA name. Abbreviations are refused: BST is Dhaka's time to computers and London's to people, and
 * IST, CST and others are as ambiguous.
 */
export const timeZone = textOf(notAZone())
  .superRefine((written, context) => {
    if (!isTimeZone(written)) context.addIssue({ code: "custom", message: notAZone(meantZone(written)) });
  })
  .meta({ examples: ["Europe/Berlin"] });

function notAZone(meant?: string): string {
  const remedy = meant === undefined ? "Write one such as Europe/Berlin, or UTC" : `Did you mean ${meant}`;
  return says("time-zone", "is not the name of an IANA time zone", remedy);
}

function isTimeZone(name: string): boolean {
  if (name !== "UTC" && !name.includes("/")) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** By its city alone, as in `Berlin`, or misspelt. */
function meantZone(written: string): string | undefined {
  const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"];
  const city = `/${written.replaceAll(" ", "_")}`.toLowerCase();
  return zones.find((zone) => zone.toLowerCase().endsWith(city)) ?? nearest(written, zones);
}

const CRON_REMEDY = 'Write minute, hour, day of the month, month and day of the week, such as "0 2 * * 6"';
const NOT_A_CRON = says("cron", "is not a cron expression", CRON_REMEDY);
const NOT_FIVE_FIELDS = says("cron", "is not a cron expression of five fields", CRON_REMEDY);
const NEVER = says("cron", "never comes, such as the 30th of February", CRON_REMEDY);

/** Cron expression of five fields. */
export const cron = textOf(NOT_A_CRON)
  .superRefine((written, context) => {
    const refusal = cronRefusal(written);
    if (refusal !== undefined) context.addIssue({ code: "custom", message: refusal });
  })
  .meta({ examples: ["0 2 * * 6"] });

function cronRefusal(written: string): string | undefined {
  if (written.trim().split(/\s+/).length !== 5) return NOT_FIVE_FIELDS;
  try {
    return new Cron(written).nextRun() === null ? NEVER : undefined;
  } catch {
    return NOT_A_CRON;
  }
}
