import * as pulumi from "@pulumi/pulumi";

/** What a stack's last run put out, by name; empty for a stack that never ran. Secrets are left out. */
export type EarlierOutputs = (name: string) => Promise<unknown>;

/** Outputs of another stack, or of this one's own last run. @param stack `organization/project/stack` */
export function outputsOf(stack: string): EarlierOutputs {
  // Made at the first question: a reference is a resource, and most stacks ask none.
  let reference: pulumi.StackReference | undefined;
  return async (name) => {
    reference ??= new pulumi.StackReference(stack);
    return ((await reference.getOutputDetails(name)) as { value?: unknown }).value;
  };
}

/** What the last run of this very stack put out. */
export function ownEarlierOutputs(): EarlierOutputs {
  return outputsOf(`${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`);
}
