import { type z } from "zod";

import { parsePart } from "../../fleet/config/part";
import { localMoment } from "../../fleet/config/schema/moments";
import { timeZone } from "../../fleet/config/schema/times";
import { momentBegin } from "../../fleet/rollout/time/moments";
import { UsageError } from "../errors";

/**
 * The moment that `--at` and `--zone` name, as windows and freezes of a stack file are read.
 * @param now Where there is no `--at`.
 * @throws UsageError
 */
export function momentOf(at: string | undefined, zone: string | undefined, now: Date): Date {
  const checkedZone = zone === undefined ? "UTC" : checked("--zone", timeZone, zone);
  if (at === undefined) {
    if (zone !== undefined) throw new UsageError("--zone is the zone of --at. Add --at, or leave --zone out.");
    return now;
  }
  return momentBegin(checked("--at", localMoment, at), checkedZone);
}

/** In the words in which a stack file is refused. */
function checked<S extends z.ZodType<string>>(option: string, schema: S, given: string): string {
  const { value, problems } = parsePart(schema, given, []);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new UsageError(`${option} ${problem.what} (got ${given}). ${problem.remedy}.`);
  }
  return value ?? given;
}
