import { z } from "zod";

import { says } from "../rules";
import { awsRegion } from "./aws";
import { reach } from "./network-reach";
import { dnsLabel, range, stackName } from "./text";

const clusterSize = z
  .int(says("not-whole", "is not a whole number", "Write the length of a prefix, such as 16"))
  .min(12, says("too-small", "is more than a cluster can use", "Write 12 to 19"))
  .max(19, says("too-large", "leaves no room for the subnets of three zones", "Write 12 to 19"));

const pool = z.strictObject({
  range: range.describe("IPv4 range that the region's clusters share, e.g. 10.32.0.0/12. Extend it, never move it."),
  clusterSize: clusterSize
    .default(16)
    .describe(
      "Length of the prefix of one cluster's block: half of it is the VPC, a quarter pods, a quarter services. " +
        "Never change it.",
    ),
});

/** Where the addresses of clusters on AWS come from, and how they are reached. */
export const network = z.strictObject({
  pools: z
    .partialRecord(awsRegion, pool)
    .default({})
    .describe("One pool for each region with clusters on AWS; a cluster's network.slot is its place in it, from 0."),
  reserved: z
    .record(dnsLabel, z.array(range))
    .default({})
    .describe("Ranges that no cluster may have, by the name of who has them, e.g. office."),
  neighbours: z
    .array(stackName)
    .default([])
    .describe(
      "Stacks of other environments on the same management cluster: no new cluster gets addresses of theirs. " +
        "Stacks of peers are among them.",
    ),
  reach: reach
    .prefault({ kind: "public-restricted" })
    .describe("How the management cluster reaches clusters on AWS. See docs/network.md before a change."),
});
export type NetworkConfig = z.output<typeof network>;
export type AddressPool = z.output<typeof pool>;
