import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { alone, type RunningSandbox, startSandbox } from "./commands/context";
import { killEngines } from "./engine/run";
import { type SandboxPaths, sandboxPaths } from "./layout";
import { type ComponentName } from "./management/names";
import { readRecord } from "./management/record";
import { removeLeftovers } from "./management/leftovers";
import { removeSandbox } from "./management/remove";
import { signalGroup } from "./process/detached";
import { type Report } from "./report";

export interface TemporarySandbox extends RunningSandbox {
  readonly paths: SandboxPaths;
}

export interface TemporarySandboxOptions {
  /** Of its folder's name; what killed runs with the same prefix left is removed first. */
  readonly prefix: string;
  readonly report: Report;
  /** Components of Cluster API that are not started. Default: none. */
  readonly later?: readonly ComponentName[];
}

/** Runs `work` with a sandbox of its own, which is gone afterwards, however the work or this process ends. */
export async function withTemporarySandbox<T>(
  { prefix, report, later }: TemporarySandboxOptions,
  work: (sandbox: TemporarySandbox) => Promise<T>,
): Promise<T> {
  await removeLeftovers(prefix);
  // A short path: the engine's and etcd's own folders are deep.
  const paths = sandboxPaths(mkdtempSync(path.join(os.tmpdir(), prefix)));
  const atOnce = () => removeAtOnce(paths);
  process.once("exit", atOnce);
  try {
    return await alone(paths, async () => work({ paths, ...(await startSandbox({ paths, report }, later)) }));
  } finally {
    await removeSandbox(paths);
    process.off("exit", atOnce);
  }
}

/** For the last moments of a process that was told to stop: nothing can be waited for any more. */
function removeAtOnce(paths: SandboxPaths): void {
  killEngines();
  for (const process of Object.values(readRecord(paths)?.processes ?? {})) signalGroup(process, "SIGKILL");
  rmSync(paths.root, { recursive: true, force: true });
}
