import { z } from "zod";

import { says } from "../rules";

/** What an environment may cost. */
export const cost = z.strictObject({
  monthlyLimit: z
    .int(says("not-whole", "is not a whole number", "Write a whole number"))
    .min(1, says("too-small", "allows nothing", "Write 1 or more, or remove it"))
    .optional()
    .describe(
      "Most that the environment's clusters may cost in a month at list price, in USD, with as many machines as the " +
        "autoscaler may make; the policy fleet-limit-cost refuses more. Default: no limit.",
    ),
});
export type CostConfig = z.output<typeof cost>;
