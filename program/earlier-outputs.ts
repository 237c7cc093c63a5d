import * as pulumi from "@pulumi/pulumi";

import { remembered } from "../fleet/remembered";

/** What a stack's last run put out, by name; empty for a stack that never ran. Secrets are left out. */
export type EarlierOutputs = (name: string) => Promise<unknown>;

/** Gives what other stacks' last runs put out. @param stack `organization/project/stack` */
export type StackOutputs = (stack: string) => EarlierOutputs;

/** One for a whole run: a reference is a resource, and no run may have two of one stack. */
export function stackOutputs(): StackOutputs {
  // Made at the first question: most stacks ask none.
  const referenceTo = remembered((stack: string) => new pulumi.StackReference(stack));
  return (stack) => async (name) => ((await referenceTo(stack).getOutputDetails(name)) as { value?: unknown }).value;
}

/** What the last run of this very stack put out. */
export function ownEarlierOutputs(outputs: StackOutputs): EarlierOutputs {
  return outputs(`${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`);
}
