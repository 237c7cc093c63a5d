import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

import { PROJECT_FOLDER } from "../pulumi";

const STACK_FILE = /^Pulumi\.(.+)\.ya?ml$/;

/** Stacks that have a file in the clone. */
export function declaredStacks(folder = PROJECT_FOLDER): string[] {
  return readdirSync(folder).flatMap((name) => STACK_FILE.exec(name)?.[1] ?? []);
}

/**
 * Clusters that the stack files declare. A file that cannot be read declares none: nobody wants to read about it at a
 * press of Tab.
 * @param stack Only of this stack. Default: of all.
 */
export function declaredClusters(stack?: string, folder = PROJECT_FOLDER): string[] {
  const wanted = stack?.split("/").at(-1);
  const files = readdirSync(folder).filter((name) => {
    const found = STACK_FILE.exec(name)?.[1];
    return found !== undefined && (wanted === undefined || found === wanted);
  });
  return [...new Set(files.flatMap((name) => clustersOf(path.join(folder, name))))];
}

function clustersOf(file: string): string[] {
  try {
    const content = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> } | null;
    const clusters = content?.config?.["cluster-fleet:clusters"];
    const map = typeof clusters === "object" && clusters !== null && "value" in clusters ? clusters.value : clusters;
    return typeof map === "object" && map !== null ? Object.keys(map) : [];
  } catch {
    return [];
  }
}
