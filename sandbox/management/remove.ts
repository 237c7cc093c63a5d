import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { isSandboxEntry, type SandboxPaths } from "../layout";
import { stopAll } from "./cluster";
import { readRecord } from "./record";
import { stopStrays } from "./strays";

/**
 * Ends every process of a sandbox, recorded or not, and removes its folder. Works from any half state; with nothing
 * there it does nothing. The tool cache stays.
 * @returns Entries of the folder that no sandbox wrote and that were therefore kept, with the folder.
 */
export async function removeSandbox(paths: SandboxPaths): Promise<string[]> {
  const record = readRecord(paths);
  // The data goes too: nothing is gained by asking first.
  await stopAll(record, 0);
  await stopStrays(paths, undefined);
  if (!existsSync(paths.root)) return [];
  const [ours, foreign] = [[] as string[], [] as string[]];
  for (const entry of readdirSync(paths.root)) (isSandboxEntry(entry) ? ours : foreign).push(entry);
  for (const entry of ours) rmSync(path.join(paths.root, entry), { recursive: true, force: true });
  if (foreign.length === 0) rmdirSync(paths.root);
  return foreign;
}
