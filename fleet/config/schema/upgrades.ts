import { z } from "zod";

import { CONTENT_HASH_LENGTH } from "../../content-hash";
import { says } from "../rules";
import { selector } from "./fleet";
import { labelKey } from "./labels";
import { localMoment, moment } from "./moments";
import { dnsLabel, text, textOf } from "./text";
import { amount, cron, span, timeOfDay, timeZone } from "./times";

const NAMES_NONE = says("empty-value", "is empty", "Name one or more, or remove the line");
const stages = z.array(dnsLabel).min(1, NAMES_NONE);
const reason = text.describe("Why; everybody sees it in the preview.");

const NOT_A_REVISION = says(
  "revision",
  "is not the revision of a stage",
  "Copy it from the preview, such as rev-0a1b2c3d4e",
);
const revision = textOf(NOT_A_REVISION).regex(new RegExp(`^rev-[0-9a-f]{${CONTENT_HASH_LENGTH}}$`), NOT_A_REVISION);

export const gate = z.strictObject({
  name: dnsLabel.describe("Name of the gate, for messages."),
  condition: text.optional().describe("Condition that must be True on every Cluster of the stage before."),
  annotation: labelKey
    .optional()
    .describe("Or annotation whose value must be the revision, on every Cluster of the stage before."),
});

export const stage = z.strictObject({
  name: dnsLabel.describe("Name of the stage."),
  group: dnsLabel.optional().describe("Group of clusters that the stage takes, of cluster-fleet:groups."),
  selector: selector.optional().describe("Or a selector of its own."),
  maxConcurrency: amount.default(1).describe("Clusters that move at the same time: a number, or a share rounded down."),
  maxFailures: amount
    .default(0)
    .describe("Clusters that may fail before the stage halts: a number, or a share rounded down."),
  soak: span.default("1h").describe("How long the whole stage has to be settled before the next one starts."),
  stepTimeout: span.default("4h").describe("A cluster that has not settled that long after its step has failed."),
  stepDuration: span.optional().describe("How long a step takes, to fit windows. Default: estimated by its machines."),
  nodesAfter: span
    .default("0m")
    .describe(
      "How long a control plane of EKS bakes before its managed node groups follow; at most 7d, EKS' rollback.",
    ),
  approval: z.boolean().default(false).describe("The stage waits until approved names its revision."),
  approved: revision.optional().describe("The revision that may start, as the preview shows it, e.g. rev-0a1b2c3d4e."),
  startAfter: moment.optional().describe("No step before that moment, in UTC."),
  gates: z.array(gate).default([]).describe("Further conditions on the stage before."),
});
export type Stage = z.output<typeof stage>;

/** The stage of all clusters where none are declared. */
export const ONLY_STAGE: Stage = stage.parse({ name: "all" });
export type Gate = z.output<typeof gate>;

export const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

export const window = z.strictObject({
  days: z.array(z.enum(DAYS)).min(1, NAMES_NONE).optional().describe("Days on which it opens. Default: every day."),
  start: timeOfDay.optional().describe('When it opens, local time of its zone, e.g. "02:00".'),
  cron: cron.optional().describe("Or when it opens as a cron expression of five fields."),
  duration: span.describe("How long it stays open; over midnight too."),
  zone: timeZone.default("UTC").describe("IANA time zone of its times."),
  stages: stages.optional().describe("Stages that it is for. Default: all."),
});
export type Window = z.output<typeof window>;

export const freeze = z.strictObject({
  from: localMoment.describe("First moment, local time of its zone."),
  to: localMoment.describe("Last day, or the moment it ends, local time of its zone."),
  zone: timeZone.default("UTC").describe("IANA time zone of its times."),
  scope: z.enum(["all", "minor"]).default("all").describe("Every step, or only those to another minor."),
  stages: stages.optional().describe("Stages that it is for. Default: all."),
  reason,
});
export type Freeze = z.output<typeof freeze>;

const targets = {
  clusters: z.array(dnsLabel).min(1, NAMES_NONE).optional().describe("Clusters that it is for."),
  stages: stages.optional().describe("Or stages."),
};
const until = moment.describe("Last day, or the moment it ends, in UTC.");

export const hold = z.strictObject({ ...targets, reason, until });
export type Hold = z.output<typeof hold>;

export const OVERRIDABLE = ["windows", "freezes", "soak", "approval"] as const;

export const override = z.strictObject({
  ...targets,
  ignore: z
    .array(z.enum(OVERRIDABLE))
    .min(1, NAMES_NONE)
    .default(["windows", "freezes"])
    .describe("What does not hold meanwhile. Order, concurrency and failures always do."),
  reason,
  until,
});
export type Override = z.output<typeof override>;

export const upgrades = z.strictObject({
  stages: z.array(stage).default([]).describe("Rollout stages in order; every cluster is in exactly one."),
  windows: z.array(window).default([]).describe("When steps may start, and have to be through. Default: always."),
  freezes: z.array(freeze).default([]).describe("When they may not."),
  pause: z.array(hold).default([]).describe("Clusters or stages that stay as they are; later stages wait for them."),
  skip: z.array(hold).default([]).describe("Clusters or stages that are left out; later stages do not wait for them."),
  override: z.array(override).default([]).describe("Emergencies: what does not hold for a time."),
  forceBefore: span
    .optional()
    .describe("That long before a version loses its support, windows, freezes and approval do not hold its cluster."),
});
export type Upgrades = z.output<typeof upgrades>;
