import { span } from "../../fleet/config/schema/times";
import { spanMs } from "../../fleet/rollout/time/spans";
import { UsageError } from "../errors";

/** Between two looks, milliseconds: seconds too, for small fleets. @throws UsageError */
export function pauseOf(given = "30s"): number {
  const [, seconds] = /^([1-9]\d{0,3})s$/.exec(given) ?? [];
  if (seconds !== undefined) return Number(seconds) * 1000;
  if (!isSpan(given))
    throw new UsageError(`--poll is not a length of time (got ${given}). Write one such as 30s or 2m.`);
  return spanMs(given);
}

/** A length of time as stack files have it, milliseconds; undefined where none is given. @throws UsageError */
export function spanOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!isSpan(given))
    throw new UsageError(`--until is not a length of time (got ${given}). Write one such as 2h or 30m.`);
  return spanMs(given);
}

function isSpan(given: string): boolean {
  return span.safeParse(given).success && spanMs(given) > 0;
}
