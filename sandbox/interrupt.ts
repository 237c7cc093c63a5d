type Handler = (signal: NodeJS.Signals) => void;

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type Interrupt = keyof typeof EXIT_CODES;

let current: Handler | undefined;

/**
 * From now on a signal that asks this process to stop goes to whoever works at the moment (see
 * {@link whileInterruptible}); if nobody does, `otherwise` is called and the process ends.
 */
export function handleInterrupts(otherwise: Handler): void {
  const interrupt = (signal: Interrupt) => {
    if (current !== undefined) return current(signal);
    otherwise(signal);
    process.exit(EXIT_CODES[signal]);
  };
  for (const signal of Object.keys(EXIT_CODES) as Interrupt[]) process.on(signal, () => interrupt(signal));
  if (["sandbox", "bench"].includes(process.env["npm_lifecycle_event"] ?? "")) watchParent(() => interrupt("SIGTERM"));
}

/** Between npm and us there is a shell, which does not pass a signal on but dies of it. */
function watchParent(orphaned: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    orphaned();
  }, 500);
  timer.unref();
}

/** While `work` runs, a signal calls `stop`; the work is expected to end then. */
export async function whileInterruptible<T>(stop: Handler, work: Promise<T>): Promise<T> {
  const outer = current;
  current = stop;
  try {
    return await work;
  } finally {
    current = outer;
  }
}
