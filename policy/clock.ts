/** The one place from which the rules take the time, so that tests can fix it. */
export const clock = { now: (): Date => new Date() };
