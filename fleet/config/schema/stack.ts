import { z } from "zod";

import { versionOverridesSchema } from "../../versions";
import { addOns } from "./baseline";
import { clusterValues } from "./cluster";
import { cost } from "./cost";
import { classes, groups, peers } from "./fleet";
import { management } from "./management";
import { network } from "./network";
import { preview } from "./preview";
import { dnsLabel } from "./text";
import { upgrades } from "./upgrades";

/** The stack's keys, `cluster-fleet:<key>`: one source for types, run-time check, JSON schema and reference. */
export const STACK_KEYS = {
  environment: dnsLabel.describe(
    "Name of the environment; also its namespace on the management cluster. Never change it.",
  ),
  management: management.describe("The management cluster, where Cluster API runs."),
  base: clusterValues.optional().describe("Values for every cluster of every stack; stands in Pulumi.yaml."),
  overlay: clusterValues.optional().describe("Values for every cluster of this environment; they win over base."),
  clusters: z
    .record(dnsLabel, clusterValues)
    .default({})
    .describe("The clusters by name; their values win over overlay."),
  classes: classes.prefault({}).describe("Settings of class families. A change is a new revision, published first."),
  network: network.prefault({}).describe("Address ranges of clusters on AWS; the ways to them."),
  addOns: addOns.prefault({}).describe("Corrections of the catalogue of add-ons of workload clusters."),
  cost: cost.prefault({}).describe("What the environment may cost. See docs/cost.md."),
  groups: groups.default({}).describe("Named selectors of clusters by label; they carry no values."),
  upgrades: upgrades
    .prefault({})
    .describe("How versions move across the environment: order, pace, and when. See docs/rollouts.md."),
  preview: preview.prefault({}).describe("What one run may do at most. See docs/preview-gate.md."),
  peers: peers.default([]).describe("Environments that must be at least as new as this one, e.g. staging."),
  versions: versionOverridesSchema.prefault({}).describe("Corrections of the support calendar, by minor."),
  decommission: z.array(dnsLabel).default([]).describe("Clusters that may go; see the README."),
} as const;

export type StackKey = keyof typeof STACK_KEYS;
