import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const outputs = z.object({
  environment: z.string(),
  namespace: z.string(),
  management: z.object({ name: z.string(), path: z.string().optional(), context: z.string().optional() }),
  classes: z.array(z.string()),
});

/** What the last `pulumi up` of a stack declared. */
export type StackOutputs = z.output<typeof outputs>;

/**
 * Asks the engine, so that backend and credentials are the user's own.
 * @throws Error when there is no such stack, or when it was never brought up.
 */
export async function stackOutputs(stack: string): Promise<StackOutputs> {
  const { stdout } = await promisify(execFile)("pulumi", ["stack", "output", "--json", "--stack", stack]);
  const parsed = outputs.safeParse(JSON.parse(stdout));
  if (!parsed.success) {
    throw new Error(`Stack ${stack} has no outputs of cluster-fleet. Run pulumi up --stack ${stack} first.`);
  }
  return parsed.data;
}
