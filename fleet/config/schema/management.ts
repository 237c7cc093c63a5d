import { z } from "zod";

import { says } from "../rules";
import { accountId, awsRegion, eksMinor, iamRole, principal, threeZones } from "./aws";
import { charts } from "./management-charts";
import { clusterApi } from "./management-cluster-api";
import { rancher } from "./management-rancher";
import { count, dnsLabel, range, stackName, text } from "./text";

/** The longest name from which every AWS name that is made of it stays within AWS' limits (IAM roles: 64). */
const NAME_LENGTH = 32;

const kubeconfig = z.strictObject({
  kind: z.literal("kubeconfig").describe("Any cluster that runs Cluster API and that a kubeconfig reaches."),
  name: dnsLabel.describe("Identity of the management cluster: never change it, every object would be replaced."),
  path: text
    .optional()
    .describe("Kubeconfig file, from the project folder. Default: $KUBECONFIG, then ~/.kube/config."),
  context: text.optional().describe("Context in that file. Default: its current context."),
  aws: z
    .strictObject({
      controllersRole: iamRole.describe("Role that Cluster API's AWS provider has there."),
      natAddresses: z
        .array(range)
        .default([])
        .describe("Addresses that its calls to the internet come from, e.g. 203.0.113.10/32; clusters let them in."),
      range: range.optional().describe("Its network, for clusters whose API is private."),
      accounts: z
        .record(accountId, iamRole)
        .default({})
        .describe("Roles that it takes in other AWS accounts, by their twelve digits in quotes."),
    })
    .optional()
    .describe("What clusters on AWS have to know of it. Default: nothing, and it makes none there."),
});

const stack = z.strictObject({
  kind: z.literal("stack").describe("The management cluster that another stack of kind eks builds."),
  stack: stackName.describe("Full name of that stack, organization/project/stack."),
});

const network = z.strictObject({
  range: range
    .default("10.0.0.0/16")
    .describe("Addresses of the VPC, /16 to /20; fixed. It may overlap no network that it is to reach."),
  natGateways: z
    .enum(["per-zone", "one"])
    .default("per-zone")
    .describe("One NAT gateway for each zone, or one in all: cheaper, but nodes lose the internet with its zone."),
  interfaceEndpoints: z
    .boolean()
    .default(false)
    .describe("Private endpoints for the AWS services that nodes call, instead of NAT; billed for each zone."),
  flowLogDays: retention(90).describe("Days for which the VPC's flow logs are kept."),
});

const access = z.strictObject({
  publicFrom: z
    .array(range)
    .default([])
    .describe("Networks that may reach the API server from the internet. Empty: from inside the VPC alone."),
  fromInside: z
    .boolean()
    .default(false)
    .describe("Runs of this stack have a way into the VPC (a runner there, a peering, a VPN). See publicFrom."),
  admins: z
    .array(principal)
    .min(1, says("admins-none", "names nobody, so nobody could enter the cluster", "List the ARN of a role"))
    .describe("IAM roles or users with all rights on the cluster; the one that runs this stack among them."),
});

const nodeCount = count.min(1, says("too-small", "leaves a zone without a node", "Write 1 or more"));

const nodes = z.strictObject({
  instanceTypes: z
    .array(text)
    .min(1, says("empty-value", "is empty", "Give it a value, or remove the line"))
    .optional()
    .describe("Machine types, the first preferred. Default: by size. A change rolls the nodes."),
  perZone: nodeCount.optional().describe("Nodes in each zone. Default: by size."),
  maxPerZone: nodeCount.optional().describe("Most nodes in each zone, room for upgrades. Default: by size."),
  diskGiB: z
    .int(says("not-whole", "is not a whole number", "Write a whole number"))
    .min(30, says("too-small", "is too small for images and logs", "Write 30 or more"))
    .max(16_384, says("too-large", "is more than a gp3 volume holds", "Write 16384 or less"))
    .default(100)
    .describe("Disk of each node, GiB, gp3, encrypted. A change rolls the nodes."),
});

const environment = z.strictObject({
  roles: z
    .array(principal)
    .default([])
    .describe("IAM roles or users that declare the environment's clusters, such as its pipeline's role."),
});

const eks = z.strictObject({
  kind: z.literal("eks").describe("A management cluster on EKS that this stack builds."),
  name: dnsLabel
    .max(NAME_LENGTH, says("too-long", "leaves no room in the AWS names made of it", "Use at most 32 characters"))
    .describe("Identity of the management cluster, and name of the EKS cluster: never change it."),
  region: awsRegion.describe("Region; fixed."),
  zones: threeZones.optional().describe("Three availability zones; fixed. Default: the usual ones of the region."),
  version: eksMinor.describe(
    "Minor version of EKS, one up at a time. Rancher goes first, see docs/management-cluster.md.",
  ),
  size: z
    .enum(["small", "medium", "large"])
    .default("small")
    .describe("For up to 50, 150 or 300 workload clusters: machine types, nodes, controllers' flags."),
  support: z
    .enum(["standard", "extended"])
    .default("standard")
    .describe("At the end of standard support EKS upgrades by itself, or (extended) costs six times as much."),
  network: network.prefault({}).describe("The VPC."),
  access: access.describe("Who reaches the API server, and from where."),
  nodes: nodes.prefault({}).describe("The nodes, on demand, in one group for each zone."),
  logDays: retention(90).describe("Days for which the control plane's logs are kept."),
  environments: z
    .record(dnsLabel, environment.describe("An environment, by its name."))
    .default({})
    .describe("Environments of other stacks that declare clusters here: each gets a namespace and rights in it."),
  clusterApi: clusterApi.prefault({}).describe("Cluster API and its AWS provider."),
  rancher: z
    .union(
      [z.literal(false), rancher],
      says("rancher-shape", "is neither a map nor false", "Write hostname and version below it, or false"),
    )
    .default(false)
    .describe("Rancher, or false: Cluster API does without."),
  charts: charts.default({}).describe("Charts from elsewhere, in another version or with other values, by name."),
  protect: z
    .boolean()
    .default(true)
    .describe("Neither Pulumi nor AWS deletes the cluster while this holds. Take it back in a run of its own."),
});

/** Where Cluster API runs. */
export const management = z.discriminatedUnion(
  "kind",
  [kubeconfig, eks, stack],
  says("management-kind", "names no kind of management cluster", "Write kubeconfig, eks or stack"),
);

export type EksManagementConfig = z.output<typeof eks>;

/** Source of the days: CloudWatch Logs API reference, `retentionInDays`. */
function retention(days: number) {
  return z
    .literal([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])
    .default(days as 90);
}
