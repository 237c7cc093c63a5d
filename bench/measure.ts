import { type TemporarySandbox } from "../sandbox/temporary";
import { ProcessWatch, type RunUsage } from "./processes";

/** One run of the engine, seen from outside. */
export interface Measurement extends RunUsage {
  /** From the start of the engine to its end. */
  readonly seconds: number;
}

export async function measured({ tools }: TemporarySandbox, run: () => Promise<unknown>): Promise<Measurement> {
  const watch = new ProcessWatch(tools.file("pulumi"));
  const begin = process.hrtime.bigint();
  try {
    await run();
  } finally {
    watch.stop();
  }
  return { seconds: Number(process.hrtime.bigint() - begin) / 1e9, ...watch.usage() };
}
