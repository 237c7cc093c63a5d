import { z } from "zod";

import { revisionOfPart } from "../../fleet/baseline/resource-sets";
import { type DeclaredRevisions } from "../../fleet/prune";
import { type StackContext } from "../stack-context";

const exported = z.object({ deployment: z.object({ resources: z.array(z.unknown()).default([]) }) });
const object = z.object({ inputs: z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) }) });

/**
 * The revisions that a stack declares, by its state and not by its outputs: a run that failed leaves the outputs of the
 * run before it, and the next one takes what is in the state for there, without looking.
 */
export async function declaredRevisions(stack: StackContext): Promise<DeclaredRevisions> {
  const { deployment } = exported.parse(JSON.parse(await stack.pulumi(["stack", "export", "--stack", stack.name])));
  const named = (...kinds: string[]) =>
    deployment.resources.flatMap((each) => {
      const { inputs } = object.safeParse(each).data ?? {};
      return inputs !== undefined && kinds.includes(inputs.kind) ? [inputs.metadata.name] : [];
    });
  const parts = named("ClusterResourceSet", "ConfigMap");
  return {
    classes: named("ClusterClass").sort(),
    bases: [...new Set(parts.flatMap((name) => revisionOfPart(name) ?? []))].sort(),
  };
}
