import { readdirSync } from "node:fs";
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
    const paths = sandboxPaths(path.join(os.tmpdir(), name));
    try {
      takeLock(paths.lock);
    } catch (error) {
      if (error instanceof LockHeld) continue;
      throw error;
    }
    await removeSandbox(paths);
  }
}
