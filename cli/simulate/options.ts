import { timeZone, span } from "../../fleet/config/schema/times";
import { moment } from "../../fleet/config/schema/moments";
import { version } from "../../fleet/config/schema/text";
import { momentBegin } from "../../fleet/rollout/time/moments";
import { DAY_MS, spanMs } from "../../fleet/rollout/time/spans";
import { type SimulationOptions } from "../../fleet/rollout/simulate/types";
import { UsageError } from "../errors";

/** What the command line says of a simulation, as text. */
export interface SimulationValues {
  readonly from?: string;
  readonly every?: string;
  readonly days?: string;
  readonly zone?: string;
  readonly fail?: string;
  readonly "fail-rate"?: string;
  readonly seed?: string;
  readonly "without-approval"?: boolean;
  readonly "assume-version"?: string;
}

export interface SimulationWish extends SimulationOptions {
  /** Absent: what lives is looked at. */
  readonly assumedVersion?: string;
  /** For all times. Default: that of the first window. */
  readonly zone?: string;
}

const DEFAULT_EVERY = "1h";
const DEFAULT_DAYS = 400;

/** @throws UsageError that names the option, what was given and what to write. */
export function simulationWish(values: SimulationValues, now: Date): SimulationWish {
  const every = everyMs(values.every ?? DEFAULT_EVERY);
  const from = values.from === undefined ? nextRun(now, every) : fromOf(values.from);
  const days = wholeNumber("--days", values.days, DEFAULT_DAYS, { least: 1, most: 3660 });
  if (values.seed !== undefined && values["fail-rate"] === undefined) {
    throw new UsageError("--seed needs --fail-rate. Add it, or leave --seed out.");
  }
  return {
    from,
    until: new Date(from.getTime() + days * DAY_MS),
    every,
    failures: {
      clusters: values.fail?.split(",").filter(Boolean) ?? [],
      rate: rateOf(values["fail-rate"]),
      seed: wholeNumber("--seed", values.seed, 0, { least: 0, most: 1_000_000 }),
    },
    ...(values["without-approval"] === true ? { withoutApproval: true } : {}),
    ...(values["assume-version"] === undefined ? {} : { assumedVersion: versionOf(values["assume-version"]) }),
    ...(values.zone === undefined ? {} : { zone: zoneOf(values.zone) }),
  };
}

/** Runs fall on whole hours, or days, in UTC. */
function nextRun(now: Date, every: number): Date {
  return new Date(Math.ceil(now.getTime() / every) * every);
}

function everyMs(text: string): number {
  if (!span.safeParse(text).success || spanMs(text) === 0) {
    throw new UsageError(`--every is not a length of time (got ${text}). Write one such as 30m, 1h or 1d.`);
  }
  return spanMs(text);
}

function fromOf(text: string): Date {
  const { data } = moment.safeParse(text);
  if (data === undefined) {
    throw new UsageError(
      `--from is not a moment in UTC (got ${text}). Write one such as 2026-12-24 or 2026-12-24T18:00.`,
    );
  }
  return momentBegin(data, "UTC");
}

function rateOf(text = "0%"): number {
  const [, share] = /^(\d{1,2}(?:\.\d+)?|100)%$/.exec(text) ?? [];
  if (share === undefined) throw new UsageError(`--fail-rate is not a share (got ${text}). Write one such as 2%.`);
  return Number(share) / 100;
}

function versionOf(text: string): string {
  if (!version.safeParse(text).success) {
    throw new UsageError(`--assume-version is not a version (got ${text}). Write it in full, such as v1.34.3.`);
  }
  return text;
}

function zoneOf(text: string): string {
  if (!timeZone.safeParse(text).success) {
    throw new UsageError(`--zone is not the name of a time zone (got ${text}). Write one such as Europe/Berlin.`);
  }
  return text;
}

function wholeNumber(
  name: string,
  text: string | undefined,
  byDefault: number,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  if (text === undefined) return byDefault;
  if (!/^\d{1,7}$/.test(text) || Number(text) < least || Number(text) > most) {
    throw new UsageError(`${name} takes a whole number from ${least} to ${most} (got ${text}).`);
  }
  return Number(text);
}
