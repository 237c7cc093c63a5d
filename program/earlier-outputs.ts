import * as pulumi from "@pulumi/pulumi";

/** What a stack's last run put out, by name; empty for a stack that never ran. Secrets are left out. */
export type EarlierOutputs = (name: string) => Promise<unknown>;

/** Gives what other stacks' last runs put out. @param stack `organization/project/stack` */
export type StackOutputs = (stack: string) => EarlierOutputs;

/** One for a whole run: a reference is a resource, and no run may have two of one stack. */
export function stackOutputs(): StackOutputs {
  const references = new Map<string, pulumi.StackReference>();
  // Made at the first question: most stacks ask none.
  const referenceTo = (stack: string) => {
    const reference = references.get(stack) ?? new pulumi.StackReference(stack);
    references.set(stack, reference);
    return reference;
  };
  return (stack) => async (name) => ((await referenceTo(stack).getOutputDetails(name)) as { value?: unknown }).value;
}

/** What the last run of this very stack put out. */
export function ownEarlierOutputs(outputs: StackOutputs): EarlierOutputs {
  return outputs(`${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`);
}
