import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { type ConfigFile } from "../fleet/config/positions";

/**
 * The files that a stack's configuration stands in. What cannot be read is left out: the files are only for the places
 * of values.
 * @param paths The stack's file, then the project's.
 */
export function configFiles(...paths: readonly string[]): ConfigFile[] {
  return paths.flatMap((path) => {
    try {
      return [{ name: basename(path), text: readFileSync(path, "utf8") }];
    } catch {
      return [];
    }
  });
}
