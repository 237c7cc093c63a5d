import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { catalogueChart, type ChartName } from "../../../fleet/charts/catalogue";
import { copyWritable } from "../../tools/copy";

/** Charts that no Go module ships, and whose objects others of ours need: what is only recorded has none. */
export const STAND_IN_CHARTS: readonly ChartName[] = ["traefik"];

/**
 * Writes our stand-ins for charts, in the versions of the catalogue: a folder for CLUSTER_FLEET_CHARTS, after those that
 * hold real charts.
 */
export function writeStandInCharts(into: string): void {
  for (const name of STAND_IN_CHARTS) {
    const { version } = catalogueChart(name);
    const place = path.join(into, `${name}-${version}`);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(into, { recursive: true });
    copyWritable(path.join(__dirname, name), place);
    const metadata = path.join(place, "Chart.yaml");
    writeFileSync(metadata, readFileSync(metadata, "utf8").replace(/^version: .*$/m, `version: ${version}`));
  }
}
