import { renameSync, rmSync, writeFileSync } from "node:fs";

import { CliError } from "../errors";
import { userPath } from "../user-path";

/**
 * Writes a file that only its owner may read. One that is there already is replaced whole, never written into: it might
 * be open to others, or a link.
 * @returns Its absolute path. @throws CliError where it exists and is not to be overwritten, or cannot be written.
 */
export function writeSecretFile(path: string, text: string, { overwrite }: { overwrite: boolean }): string {
  const file = userPath(path);
  try {
    if (overwrite) {
      const draft = `${file}.new`;
      rmSync(draft, { force: true });
      writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
      renameSync(draft, file);
    } else {
      writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new CliError(`${file} exists. Add --force to overwrite it, or name another file.`);
    throw new CliError(`${file} cannot be written (${message}). Name a file in a folder that is there and yours.`);
  }
  return file;
}
