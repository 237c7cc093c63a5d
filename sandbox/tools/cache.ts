import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LockHeld, takeLock } from "../process/lock";
import { type Binary, linkerFlags, moduleFolder, type ToolFamily } from "./families";
import { patchesOf } from "./loopback";

/** Raised when what lies beside the binaries changes its form. */
const FORMAT = 1;

/**
 * Names the content of a cache folder: anything that changes what is built changes the key. The Go release does not:
 * go.mod says what suffices.
 * @returns Twelve hexadecimal digits.
 */
export function cacheKey(family: ToolFamily, binaries: readonly Binary[]): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(path.join(moduleFolder(family), file)));
  hash.update(
    JSON.stringify({
      format: FORMAT,
      platform: `${process.platform}/${process.arch}`,
      binaries: binaries.map((binary) => [binary.name, binary.package, linkerFlags(family, binary)]),
      patches: patchesOf(family),
      manifests: family.manifests,
      shipped: family.shipped,
    }),
  );
  return hash.digest("hex").slice(0, 12);
}

/** Where the cache keeps what is built of a family. */
export function familyFolder(cache: string, family: ToolFamily, binaries: readonly Binary[]): string {
  return path.join(cache, `${family.name}-${cacheKey(family, binaries)}`);
}

/**
 * A folder of the cache, filled by `build` if it is missing. It appears whole or not at all: `build` writes to a
 * folder beside it, which is renamed at the end. Only one process at a time builds the same folder.
 * @param files What must be in it; a folder that lacks one is built anew.
 * @param onWait Told the pid of the process that is building, while waiting for it.
 */
export async function cached(
  folder: string,
  files: readonly string[],
  build: (into: string) => Promise<void>,
  onWait: (pid: number) => void,
): Promise<void> {
  if (isComplete(folder, files)) return;
  const unlock = await waitForLock(`${folder}.lock`, onWait);
  try {
    if (isComplete(folder, files)) return; // somebody built it while we waited
    removeDrafts(folder);
    const draft = mkdtempSync(draftPrefix(folder));
    await build(draft);
    if (!isComplete(draft, files)) throw new Error(`the build in ${draft} did not make ${files.join(", ")}`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    removeDrafts(folder);
    unlock();
  }
}

function isComplete(folder: string, files: readonly string[]): boolean {
  return files.every((file) => existsSync(path.join(folder, file)));
}

async function waitForLock(file: string, onWait: (pid: number) => void): Promise<() => void> {
  for (;;) {
    try {
      return takeLock(file);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      onWait(error.pid);
      await sleep(500);
    }
  }
}

/** Only called under the lock: whatever lies there is of a build that was killed, or of ours that failed. */
function removeDrafts(folder: string): void {
  const parent = path.dirname(folder);
  mkdirSync(parent, { recursive: true });
  const drafts = readdirSync(parent).filter((name) => path.join(parent, name).startsWith(draftPrefix(folder)));
  for (const name of drafts) rmSync(path.join(parent, name), { recursive: true, force: true });
}

function draftPrefix(folder: string): string {
  return `${folder}.building-`;
}
