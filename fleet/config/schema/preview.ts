import { z } from "zod";

import { isoDate } from "../../dates";
import { text } from "./text";
import { amount } from "./times";

/** What a run may do to an object that cannot be made good again. */
export const DANGERS = ["delete", "replace"] as const;
export type Danger = (typeof DANGERS)[number];

/** What a run may do, as its preview shows it; see `cli/preview-gate`. */
export const preview = z.strictObject({
  maxClusters: amount
    .optional()
    .describe(
      "Most clusters that one run may change, without those that it makes: a number, or a share of the stack's " +
        "clusters rounded down. Default: 10, or as many as a rollout stage may move at the same time.",
    ),
  waivers: z
    .array(
      z.strictObject({
        object: text.describe("The object, as fleet check-preview names it, e.g. VPC fleet-network."),
        danger: z.enum(DANGERS).describe("What may happen to it."),
        until: isoDate.describe("Last day on which the waiver holds, YYYY-MM-DD in UTC."),
        reason: text.describe("Why; everybody who checks a preview sees it."),
      }),
    )
    .default([])
    .describe("Objects that a run may delete or replace for a time. A cluster that shall go needs none: decommission."),
});
export type PreviewConfig = z.output<typeof preview>;
