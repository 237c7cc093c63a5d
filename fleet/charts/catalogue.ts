import * as semver from "semver";
import { z } from "zod";

import { dataFile, row } from "../versions/data-file";
import shipped from "./data/catalogue.json";

/** The charts that a management cluster may be built from. */
export const CHART_NAMES = [
  "aws-load-balancer-controller",
  "cert-manager",
  "cluster-api-operator",
  "rancher",
  "traefik",
] as const;
export type ChartName = (typeof CHART_NAMES)[number];

/** A chart as this version of cluster-fleet installs it. */
export interface CatalogueChart {
  readonly name: ChartName;
  /** Address of its repository. */
  readonly repo: string;
  /** Version as its repository writes it. */
  readonly version: string;
  readonly namespace: string;
  readonly releaseName: string;
  /** How long Helm waits for it. */
  readonly timeoutSeconds: number;
}

const name = z.string().min(1);
const chartRow = row({
  name: z.enum(CHART_NAMES),
  repo: z.url({ protocol: /^https$/ }),
  version: z.string().refine((version) => semver.valid(version) !== null, "is not one exact version"),
  namespace: name,
  releaseName: name,
  timeoutSeconds: z.int().positive(),
});

/** The catalogue's file. Each chart stands in it once. */
export const catalogueFile = dataFile({ charts: z.array(chartRow) }).superRefine(({ charts }, context) => {
  const names = charts.map((chart) => chart.name);
  for (const chart of CHART_NAMES.filter((known) => names.filter((each) => each === known).length !== 1)) {
    context.addIssue({ code: "custom", message: `does not list ${chart} once`, path: ["charts"] });
  }
});

/** The file that ships with this version, with its date and sources. */
export const catalogueData = catalogueFile.parse(shipped);

/** A chart of the catalogue, without what the stack file says of it. */
export function catalogueChart(wanted: ChartName): CatalogueChart {
  const found = catalogueData.charts.find((chart) => chart.name === wanted);
  if (found === undefined) throw new Error(`the chart catalogue lacks ${wanted}`);
  return found;
}
