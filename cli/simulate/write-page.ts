import { writeFile } from "node:fs/promises";

import { CliError } from "../errors";
import { userPath } from "../user-path";
import { page } from "./page";
import { type Played } from "./play";

/** @returns The path of the file. @throws CliError where it cannot be written. */
export async function writePage(file: string, played: Played): Promise<string> {
  const path = userPath(file);
  try {
    await writeFile(path, page(played));
  } catch (error) {
    throw new CliError(
      `${path} cannot be written: ${(error as Error).message}. Name a file in a folder that is there.`,
      {
        cause: error,
      },
    );
  }
  return path;
}
