import { setTimeout as wait } from "node:timers/promises";

/** Timers know no more. */
const LONGEST_MS = 2 ** 31 - 1;

/** A terminal sends Ctrl-C to all that run in it, and npm hands it on once more: that is one. */
const SAME_MS = 300;

/** Ctrl-C and its like, for the time of one command. */
export interface Interrupts {
  /** Aborted by the first of them. */
  readonly signal: AbortSignal;
  /** Has each of them handed on. @returns Ends that. */
  passTo(handler: () => void): () => void;
  /** Returns when it is over (after 24 days at the latest), or at the first of them. */
  sleep(ms: number): Promise<void>;
}

/** The signals that ask this process to stop: they end it no more by themselves. */
export function interruptsOfProcess(): Interrupts {
  const controller = new AbortController();
  const { signal } = controller;
  let handler: (() => void) | undefined;
  let last = -Infinity;
  const interrupt = () => {
    const again = performance.now() - last < SAME_MS;
    last = performance.now();
    if (again) return;
    controller.abort();
    handler?.();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  // Between npm and us there is a shell, which does not pass a signal on but dies of it.
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    if (!signal.aborted) interrupt();
  }, 1000);
  timer.unref();
  return {
    signal,
    passTo(next) {
      handler = next;
      return () => (handler = undefined);
    },
    sleep: (ms) => wait(Math.min(ms, LONGEST_MS), undefined, { signal }).catch(() => undefined),
  };
}
