import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { copyWritable } from "./copy";
import { type ChartSource, type ShippedFiles } from "./families";
import { type CustomResourceDefinition, readCrds } from "./manifests";

/** Folder of charts, each in a folder `<name>-<version>`. */
export const CHARTS = "charts";
/** Definitions by source. */
export const CRDS = "crds.json";

/** A Go module as it was fetched. */
export interface ModuleSource {
  readonly folder: string;
  /** With its leading `v`. */
  readonly version: string;
}

/**
 * Copies charts and definitions out of Go modules.
 * @param into Where {@link CHARTS} and {@link CRDS} are written.
 * @param fetch Gives a module by its name.
 */
export async function keepShippedFiles(
  shipped: ShippedFiles,
  into: string,
  fetch: (module: string) => Promise<ModuleSource>,
): Promise<void> {
  const sources = Object.entries(shipped.crds).map(async ([source, { module, folder }]) => {
    return [source, readCrds(path.join((await fetch(module)).folder, folder))] as const;
  });
  const crds: Record<string, CustomResourceDefinition[]> = Object.fromEntries(await Promise.all(sources));
  writeFileSync(path.join(into, CRDS), JSON.stringify(crds));
  mkdirSync(path.join(into, CHARTS));
  for (const chart of shipped.charts) {
    keepChart(chart, await fetch(chart.module), path.join(into, CHARTS), chart.crds && crds[chart.crds]);
  }
}

/** A module's chart has no version yet: its release fills it in, and so do we. */
function keepChart(
  { name, folder, leadingV }: ChartSource,
  module: ModuleSource,
  charts: string,
  crds: readonly CustomResourceDefinition[] = [],
): void {
  const version = leadingV ? module.version : module.version.replace(/^v/, "");
  const place = path.join(charts, `${name}-${version}`);
  copyWritable(path.join(module.folder, folder), place);
  const metadata = path.join(place, "Chart.yaml");
  const text = readFileSync(metadata, "utf8");
  writeFileSync(
    metadata,
    text.replace(/^version: .*$/m, `version: ${version}`).replace(/^appVersion: .*$/m, `appVersion: ${module.version}`),
  );
  if (crds.length > 0) mkdirSync(path.join(place, "crds"));
  for (const crd of crds) writeFileSync(path.join(place, "crds", `${crd.metadata.name}.yaml`), stringify(crd));
}
