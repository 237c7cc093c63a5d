import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { alone, type RunningSandbox, startSandbox } from "../sandbox/commands/context";
import { killEngines } from "../sandbox/engine/run";
import { type SandboxPaths, sandboxPaths } from "../sandbox/layout";
import { readRecord } from "../sandbox/management/record";
import { removeLeftovers } from "../sandbox/management/leftovers";
import { removeSandbox } from "../sandbox/management/remove";
import { signalGroup } from "../sandbox/process/detached";
import { type Report } from "../sandbox/report";

export interface BenchSandbox extends RunningSandbox {
  readonly paths: SandboxPaths;
}

const PREFIX = "cf-bench-";

/** Runs `work` with a sandbox of its own, which is gone afterwards, however the work or this process ends. */
export async function withTemporarySandbox<T>(report: Report, work: (sandbox: BenchSandbox) => Promise<T>): Promise<T> {
  await removeLeftovers(PREFIX);
  // A short path: the engine's and etcd's own folders are deep.
  const paths = sandboxPaths(mkdtempSync(path.join(os.tmpdir(), PREFIX)));
  const atOnce = () => removeAtOnce(paths);
  process.once("exit", atOnce);
  try {
    return await alone(paths, async () => work({ paths, ...(await startSandbox({ paths, report })) }));
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
