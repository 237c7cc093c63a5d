import { AssertionError } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Far more than anything takes on a busy machine, unless there are many of it. */
export const LIMIT_MS = 180_000;

/**
 * Repeats `look` until it throws no AssertionError any more.
 * @param what For the error message.
 * @throws Error with the last AssertionError after `limitMs`; any other error of `look` at once.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T>,
  pauseMs = 250,
  limitMs = LIMIT_MS,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      if (Date.now() > deadline) {
        throw new Error(`${what}: not within ${limitMs / 1000} s. ${error.message}`, { cause: error });
      }
    }
    await sleep(pauseMs);
  }
}
