import * as semver from "semver";
import { z } from "zod";

import { dataFile, minor, row } from "../versions/data-file";
import shipped from "./data/add-ons.json";

/** Add-ons that are charts on workload clusters; the agents by their purpose, the others by their own names. */
export const CHART_ADD_ONS = [
  "cilium",
  "aws-cloud-controller-manager",
  "aws-ebs-csi-driver",
  "metrics-server",
  "monitoring-agent",
  "log-agent",
] as const;
export type ChartAddOnName = (typeof CHART_ADD_ONS)[number];

/** Programs of which every minor of Kubernetes has its own image. */
export const IMAGES = ["aws-cloud-controller-manager", "cluster-autoscaler"] as const;
export type ImageName = (typeof IMAGES)[number];

/** Every add-on; the autoscaler runs on the management cluster and is no chart. */
export const ADD_ONS = [...CHART_ADD_ONS, "cluster-autoscaler"] as const;
export type AddOnName = (typeof ADD_ONS)[number];

/** Minors of Kubernetes, both included; no end where nobody has stated one. */
export interface KubernetesRange {
  readonly from: string;
  readonly to?: string | undefined;
}

const name = z.string().min(1);
/** What of a row nobody has read. */
const unread = z.string().min(1).optional();
const chartRow = row({
  name: z.enum(CHART_ADD_ONS),
  chart: name,
  repo: z.url({ protocol: /^https$/ }),
  version: z.string().refine((version) => semver.valid(version) !== null, "is not one exact version"),
  kubernetes: z.strictObject({ from: minor, to: minor.optional() }),
  unread,
});
const imageRow = row({
  name: z.enum(IMAGES),
  repository: name,
  tags: z.record(minor, z.string().regex(/^v\d+\.\d+\.\d+$/)),
  unread,
});

export type CatalogueAddOn = z.output<typeof chartRow>;
export type CatalogueImage = z.output<typeof imageRow>;

/** The catalogue's file. Each add-on stands in it once. */
export const addOnsFile = dataFile({ charts: z.array(chartRow), images: z.array(imageRow) }).superRefine(
  ({ charts, images }, context) => {
    for (const [part, rows, known] of [
      ["charts", charts, CHART_ADD_ONS],
      ["images", images, IMAGES],
    ] as const) {
      const names: readonly string[] = rows.map((each) => each.name);
      for (const wanted of known.filter((each) => names.filter((other) => other === each).length !== 1)) {
        context.addIssue({ code: "custom", message: `does not list ${wanted} once`, path: [part] });
      }
    }
  },
);

/** The file that ships with this version, with its date and sources. */
export const addOnsData = addOnsFile.parse(shipped);

export function catalogueAddOn(wanted: ChartAddOnName): CatalogueAddOn {
  return found(addOnsData.charts, wanted);
}

export function catalogueImage(wanted: ImageName): CatalogueImage {
  return found(addOnsData.images, wanted);
}

function found<T extends { readonly name: string }>(rows: readonly T[], wanted: T["name"]): T {
  const row = rows.find(({ name }) => name === wanted);
  if (row === undefined) throw new Error(`the catalogue of add-ons lacks ${wanted}`);
  return row;
}
