import { z } from "zod";

import { type AwsSide } from "../topology/aws-side";

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
  /** Addresses that its calls to the internet come from, and its network; of a cluster on EKS. */
  natAddresses: z.array(z.string()).optional(),
  range: z.string().optional(),
  /** Roles of AWS; the one that Cluster API's controllers have is among them. */
  roleArns: z.object({ clusterApiControllers: z.string().optional() }).optional(),
  /** Roles that they take in other accounts, by account. */
  accounts: z.record(z.string(), z.string()).optional(),
  /** Rancher there, as the last run declared it; absent where there is none. */
  rancher: z.object({ version: z.string(), hostname: z.string() }).optional(),
});

export type ManagementOutput = z.output<typeof managementOutput>;

/** What clusters on AWS have to know of a management cluster that another run built. */
export function offeredSide({ name, natAddresses, range, roleArns, accounts = {} }: ManagementOutput): AwsSide {
  return { managementName: name, controllersRole: roleArns?.clusterApiControllers, accounts, natAddresses, range };
}
