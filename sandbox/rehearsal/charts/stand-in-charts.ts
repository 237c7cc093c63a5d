import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { catalogueChart, type ChartName } from "../../../fleet/charts/catalogue";
import { type SandboxPaths } from "../../layout";
import { copyWritable } from "../../tools/copy";

/** Charts that no Go module ships, and whose objects others of ours need: what is only recorded has none. */
export const STAND_IN_CHARTS: readonly ChartName[] = ["traefik"];

/**
 * A folder for CLUSTER_FLEET_CHARTS, after those that hold real charts: our stand-ins, in the versions of the catalogue.
 * Written where it is missing; runs side by side may be reading it.
 */
export function standInCharts({ config }: Pick<SandboxPaths, "config">): string {
  const folder = path.join(config, "charts");
  for (const name of STAND_IN_CHARTS) {
    const { version } = catalogueChart(name);
    const place = path.join(folder, `${name}-${version}`);
    if (existsSync(place)) continue;
    mkdirSync(folder, { recursive: true });
    copyWritable(path.join(__dirname, name), place);
    const metadata = path.join(place, "Chart.yaml");
    writeFileSync(metadata, readFileSync(metadata, "utf8").replace(/^version: .*$/m, `version: ${version}`));
  }
  return folder;
}
