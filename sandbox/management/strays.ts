import { readFileSync } from "node:fs";
import * as path from "node:path";
import { type SandboxPaths } from "../layout";
import { stopDetached } from "../process/detached";
import { identify, isAlive } from "../process/identity";
import { type ListedProcess, listProcesses } from "../process/list";
import { PROCESS_NAMES } from "./names";
import { type SandboxRecord } from "./record";

/**
 * Ends processes of this sandbox that its record does not know: the record was lost (somebody removed the folder), or
 * a start was killed between a process's birth and its entry.
 */
export async function stopStrays(paths: SandboxPaths, record: SandboxRecord | undefined): Promise<void> {
  const recorded = new Set(
    Object.values(record?.processes ?? {})
      .filter(isAlive)
      .map(({ pid }) => pid),
  );
  for (const { pid } of straysAmong(listProcesses(), paths.root, recorded)) {
    const identity = identify(pid);
    if (identity !== undefined) await stopDetached(identity, 5_000);
  }
}

/** A process is this sandbox's if it is one of our binaries and an argument points into the sandbox's folder. */
export function straysAmong(
  processes: readonly ListedProcess[],
  root: string,
  recorded: ReadonlySet<number>,
): ListedProcess[] {
  return processes.filter(
    ({ pid, command }) =>
      !recorded.has(pid) &&
      PROCESS_NAMES.some((name) => command.includes(`${path.sep}${name} --`)) &&
      command.includes(`=${root}${path.sep}`),
  );
}

/** The end of a log file, or a word that there is none. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
  } catch {
    return "(no log)";
  }
}
