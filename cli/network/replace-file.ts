import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

import { CliError } from "../errors";

/**
 * Writes a file anew in one step: whoever reads it meanwhile finds the old text or the new one. Rights stay, and a link
 * stays a link.
 * @param before What it said when it was read. @throws CliError where it says something else by now, or cannot be written.
 */
export function replaceFile(path: string, before: string, text: string): void {
  let draft = "";
  try {
    const file = realpathSync(path);
    draft = `${file}.${process.pid}.new`;
    writeFileSync(draft, text, { mode: statSync(file).mode, flag: "wx" });
    if (readFileSync(file, "utf8") !== before) {
      throw new CliError(`${path}: somebody else has changed it just now. Nothing was written. Run it again.`);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    if (error instanceof CliError) throw error;
    throw new CliError(`${path}: cannot be written (${(error as Error).message}). Check that the file is yours.`);
  }
}
