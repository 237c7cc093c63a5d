import { z } from "zod";

import { says } from "../rules";
import { accountId, awsRegion, dnsZone, iamRole } from "./aws";
import { range, text } from "./text";

/** EKS takes 40 ranges for its public endpoint; the management cluster's own addresses are three of them. */
const MOST_RANGES = 30;

const from = z
  .array(range)
  .max(
    MOST_RANGES,
    says("too-large", "lists more networks than EKS takes", `Name ${MOST_RANGES} or fewer, larger ones`),
  )
  .default([]);

const gateway = z.strictObject({
  id: text
    .regex(
      /^tgw-[0-9a-f]{8,17}$/,
      says("gateway-id", "is not the id of a transit gateway", "Write it as tgw-0123456789abcdef0"),
    )
    .describe("Id of the transit gateway; shared with every account that has clusters in the region."),
  routeTable: text
    .regex(
      /^tgw-rtb-[0-9a-f]{8,17}$/,
      says("gateway-id", "is not the id of a transit gateway's route table", "Write it as tgw-rtb-0123456789abcdef0"),
    )
    .optional()
    .describe("Its route table that the clusters' networks belong to. Default: what the gateway does by itself."),
  account: accountId
    .optional()
    .describe("Account that the gateway belongs to, for routeTable. Default: the management cluster's own."),
});

/** What both private ways need where they leave the management cluster's account, or lead to Rancher. */
const shared = {
  accounts: z
    .record(accountId, iamRole)
    .default({})
    .describe("Role that this stack takes in another account to make its end of the way, by account."),
  rancherZone: dnsZone
    .optional()
    .describe("Private Route 53 zone with Rancher's host name; the clusters' networks get to see it."),
};

const publicRestricted = z.strictObject({
  kind: z
    .literal("public-restricted")
    .describe("API servers have public addresses that only the management cluster and `from` may call."),
  from: from.describe("Further public networks that may call the API servers, such as your office's."),
});

const peering = z.strictObject({
  kind: z.literal("peering").describe("API servers are private; each network is peered with the management VPC."),
  ...shared,
});

const transitGateway = z.strictObject({
  kind: z
    .literal("transit-gateway")
    .describe("API servers are private; each network is attached to a transit gateway that you have."),
  gateways: z
    .partialRecord(awsRegion, gateway)
    .describe("The gateway of each region with clusters; the management cluster's own region is one, if it has any."),
  from: from.describe("Further networks behind the gateway that may call the API servers, such as your office's."),
  ...shared,
});

/** How the management cluster reaches clusters on AWS. */
export const reach = z.discriminatedUnion(
  "kind",
  [publicRestricted, peering, transitGateway],
  says("reach-kind", "names no way to the clusters", "Write public-restricted, peering or transit-gateway"),
);
export type ReachConfig = z.output<typeof reach>;
