import { existsSync, readdirSync, statSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { sandboxPaths } from "../layout";
import { LockHeld, takeLock } from "../process/lock";
import { removeSandbox } from "./remove";

/**
 * Removes the sandboxes that killed runs left in the system's temporary folder. A run holds its sandbox's lock as long
 * as it lives; one whose lock can be had was killed.
 * @param prefix Of the names of their folders.
 */
export async function removeLeftovers(prefix: string): Promise<void> {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const root = path.join(os.tmpdir(), name);
    const paths = sandboxPaths(root);
    if (!existsSync(paths.lock) && isFresh(root)) continue;
    try {
      takeLock(paths.lock);
    } catch (error) {
      if (error instanceof LockHeld) continue;
      throw error;
    }
    await removeSandbox(paths);
  }
}

/** A folder that was made a moment ago: the run that made it is about to take its lock. */
function isFresh(folder: string): boolean {
  const { birthtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { birthtimeMs: Date.now() };
  return Date.now() - birthtimeMs < 60_000;
}
