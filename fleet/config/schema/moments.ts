import { says } from "../rules";
import { textOf } from "./text";

const NOT_A_MOMENT = says("moment", "is not a moment", 'Write it in quotes, as "2026-12-24" or "2026-12-24T18:00"');

/** With all that people add to it, and that the Pulumi engine makes of unquoted ones: `2026-12-24 18:00:00 +0000 UTC`. */
const WRITTEN =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d+)?))?(?: ?(Z|[+-]\d{2}:?\d{2})(?: [-+\w]+)?)?)?$/;
/** The engine hands over an unquoted day as its midnight. */
const MIDNIGHT_OF_DAY = " 00:00:00 +0000 UTC";

const WHILE_TYPING = {
  UTC: String.raw`^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:00)?Z?)?$`,
  local: String.raw`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:00)?)?$`,
};

/** A moment in UTC: `2026-12-24`, `2026-12-24T18:00`. */
export const moment = momentIn("UTC");

/** A moment in the zone that stands beside it, `2026-12-24` or `2026-12-24T18:00`; one with a zone of its own is refused. */
export const localMoment = momentIn("local");

function momentIn(zone: "UTC" | "local") {
  return textOf(NOT_A_MOMENT)
    .superRefine((written, context) => {
      const { refusal } = readMoment(written, zone);
      if (refusal !== undefined) context.addIssue({ code: "custom", message: refusal });
    })
    .overwrite((written) => readMoment(written, zone).moment ?? written)
    .meta({ pattern: WHILE_TYPING[zone], examples: ["2026-12-24", "2026-12-24T18:00"] });
}

function readMoment(written: string, wanted: "UTC" | "local"): { readonly moment?: string; readonly refusal?: string } {
  const day = written.endsWith(MIDNIGHT_OF_DAY) ? written.slice(0, -MIDNIGHT_OF_DAY.length) : written;
  const [, date = "", time, seconds = "00", offset = ""] = WRITTEN.exec(day) ?? [];
  const moment = time === undefined ? date : `${date}T${time}`;
  const asUtc = isoMinute(`${date}T${time ?? "00:00"}Z`);
  // Some parsers roll 30 February over into March.
  if (date === "" || asUtc?.startsWith(moment) !== true) {
    return { refusal: NOT_A_MOMENT };
  }
  if (offset !== "" && wanted === "local") {
    const what = "carries a time zone, but is local time in the one that zone names";
    return { refusal: says("moment", what, `Write it in quotes and without a zone: "${moment}"`) };
  }
  if (!["", "Z", "+0000", "+00:00"].includes(offset)) {
    const utc = isoMinute(`${date}T${time}${offset.replace(/(\d\d)(\d\d)$/, "$1:$2")}`) ?? "2026-12-24T18:00";
    return { refusal: says("moment", "is not in UTC", `Write it in UTC and in quotes: "${utc}"`) };
  }
  return Number(seconds) === 0
    ? { moment }
    : { refusal: says("moment", "is finer than a minute", `Write it in quotes: "${moment}"`) };
}

function isoMinute(text: string): string | undefined {
  const parsed = new Date(text);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString().slice(0, 16);
}
