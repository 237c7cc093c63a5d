import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { type Release } from "./inputs";

/**
 * Where the chart of a release lies on this machine; `undefined` if it does not.
 * @param folders Folders that hold charts, as folders `<name>-<version>` or `<name>`.
 */
export function findChart({ chart, version, repo }: Release, folders: readonly string[]): string | undefined {
  if (repo === "" && !chart.startsWith("oci://") && isChart(chart)) return path.resolve(chart);
  const name = chart.split("/").pop() ?? chart;
  const candidates = folders.flatMap((folder) => [path.join(folder, `${name}-${version}`), path.join(folder, name)]);
  return candidates.find((candidate) => hasVersion(candidate, version));
}

function isChart(file: string): boolean {
  return file.endsWith(".tgz") ? existsSync(file) : existsSync(path.join(file, "Chart.yaml"));
}

/** A folder without a version in its name may hold another one: that would not be what the program asks for. */
function hasVersion(folder: string, version: string): boolean {
  if (!existsSync(path.join(folder, "Chart.yaml"))) return false;
  const metadata = parse(readFileSync(path.join(folder, "Chart.yaml"), "utf8")) as { version?: unknown };
  return version === "" || withoutV(String(metadata.version)) === withoutV(version);
}

function withoutV(version: string): string {
  return version.replace(/^v/, "");
}
