import { readdirSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import * as path from "node:path";
import { z } from "zod";

import { type Lock } from "./stack-checks";

const lockFile = z.object({
  pid: z.number(),
  username: z.string().default("?"),
  hostname: z.string(),
  timestamp: z.string().default("?"),
});

/**
 * Locks on a stack in a file backend: a run writes one when it starts and removes it when it ends, however it ends
 * short of being killed.
 * @param url Of the backend.
 * @returns undefined where the backend is none of files.
 */
export function locksOf(url: string, stack: string): readonly Lock[] | undefined {
  const root = folderOf(url);
  if (root === undefined) return undefined;
  const locks = path.join(root, ".pulumi", "locks");
  const name = stack.split("/").at(-1);
  return entriesOf(locks)
    .filter((entry) => entry.endsWith(".json") && path.basename(path.dirname(entry)) === name)
    .flatMap((entry) => readLock(path.join(locks, entry)));
}

function folderOf(url: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const folder = decodeURIComponent(url.slice("file://".length).replace(/\?.*$/, ""));
  return path.resolve(folder.replace(/^~(?=$|\/)/, homedir()));
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Empty where the run has just ended. */
function readLock(file: string): Lock[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const { pid, username, hostname: host, timestamp } = lockFile.parse(JSON.parse(text));
  return [{ pid, user: username, host, since: timestamp, alive: host === hostname() ? isAlive(pid) : undefined }];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
