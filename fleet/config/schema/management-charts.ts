import { z } from "zod";

import { CHART_NAMES } from "../../charts/catalogue";
import { text } from "./text";

const chart = z.strictObject({
  chart: text.optional().describe("Name in the repository, an oci:// reference, or a path. Default: the catalogue's."),
  repo: text.optional().describe("Address of the chart's repository, https://. Default: the catalogue's."),
  version: text
    .optional()
    .describe("Version of the chart. Default: the catalogue's. Another one upgrades the release."),
  values: z
    .record(text, z.unknown().describe("A value of the chart, as its documentation names it."))
    .optional()
    .describe("Values laid over ours: maps merge, lists replace, null takes ours away. Never a secret."),
});

/** What a stack file says of the charts that a management cluster is built from. */
export const charts = z.record(text, chart.describe(`One of ${CHART_NAMES.join(", ")}.`));
