import { z } from "zod";

import { type ManagementEnd } from "../network/reach-problems";
import { accountOf, type AwsSide } from "../topology/aws-side";

/**
 * The stack output `management`: how the next run, other stacks and the command line reach the management cluster. It
 * holds no credential.
 */
export const managementOutput = z.object({
  name: z.string(),
  /** A kubeconfig file, as the stack names it. */
  path: z.string().optional(),
  context: z.string().optional(),
  /** Or a kubeconfig itself, of a cluster on EKS: it calls the `aws` command for a token. */
  kubeconfig: z.string().optional(),
  /** Environments that have a place there; absent where this stack does not own the management cluster. */
  environments: z.array(z.string()).optional(),
  /** Of a cluster on EKS: addresses that its calls to the internet come from, and its network. */
  natAddresses: z.array(z.string()).optional(),
  range: z.string().optional(),
  region: z.string().optional(),
  vpcId: z.string().optional(),
  /** Route tables of its nodes, in order of zones. */
  routeTableIds: z.array(z.string()).optional(),
  /** Transit gateway that its stack attaches its network to. */
  gatewayId: z.string().optional(),
  /** Roles of AWS; the one that Cluster API's controllers have is among them. */
  roleArns: z.object({ clusterApiControllers: z.string().optional() }).optional(),
  /** Roles that they take in other accounts, by account. */
  accounts: z.record(z.string(), z.string()).optional(),
  /** Rancher there, as the last run declared it; absent where there is none. */
  rancher: z.object({ version: z.string(), hostname: z.string(), internal: z.boolean().optional() }).optional(),
});

/** Where private ways to workload clusters begin. */
export function offeredEnd(output: ManagementOutput): ManagementEnd {
  const { vpcId, region, routeTableIds, gatewayId, rancher } = output;
  const account = accountOf(offeredSide(output));
  return { vpcId, region, routeTableIds, gatewayId, account, rancherInternal: rancher?.internal };
}

export type ManagementOutput = z.output<typeof managementOutput>;

/** What clusters on AWS have to know of a management cluster that another run built. */
export function offeredSide({ name, natAddresses, range, roleArns, accounts = {} }: ManagementOutput): AwsSide {
  return { managementName: name, controllersRole: roleArns?.clusterApiControllers, accounts, natAddresses, range };
}
