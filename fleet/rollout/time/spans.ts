const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** One day of elapsed time, milliseconds. */
export const DAY_MS = UNITS.d;

/** Milliseconds of a configured length of time: `30m`, `12h`, `7d`. Throws for any other text. */
export function spanMs(text: string): number {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    throw new Error(`"${text}" is not a length of time. Write a number and a unit, such as 30m, 12h or 7d.`);
  }
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}

/**
 * A length of time for people: `40 min`, `2 h 30 min`, `3 days`. Whole minutes, rounded down, so that what is too short
 * for a step never reads as long as the step.
 */
export function spanText(ms: number): string {
  const days = Math.floor(ms / UNITS.d);
  const hours = Math.floor((ms % UNITS.d) / UNITS.h);
  const minutes = Math.floor((ms % UNITS.h) / UNITS.m);
  const parts = [
    ...(days > 0 ? [days === 1 ? "1 day" : `${days} days`] : []),
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes > 0 ? [`${minutes} min`] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : "less than 1 min";
}
