import * as pulumi from "@pulumi/pulumi";

import { type Locate, FleetConfigError } from "../fleet/config/problems";
import { ManagementClusterError } from "../live/management-client";

/** A mistake of the user ends the run with its message alone; anything else is a bug and keeps its stack trace. */
export async function explained<T>(locate: Locate, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof FleetConfigError) {
      throw withoutStack(new pulumi.RunError(error.located(locate).message));
    }
    if (error instanceof ManagementClusterError) {
      throw withoutStack(new pulumi.RunError(error.message));
    }
    throw error;
  }
}

/**
 * The SDK also formats the stack of a RunError, for its trace. Node takes half a minute for that: its colouring loops
 * over frames such as `node_modules/@pulumi/resource.ts` until the text gets too long for it.
 */
function withoutStack(error: pulumi.RunError): pulumi.RunError {
  error.stack = undefined;
  return error;
}
