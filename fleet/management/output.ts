import { z } from "zod";

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
  /** Rancher there, as the last run declared it; absent where there is none. */
  rancher: z.object({ version: z.string(), hostname: z.string() }).optional(),
});

export type ManagementOutput = z.output<typeof managementOutput>;
