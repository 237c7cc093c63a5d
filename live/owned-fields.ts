import { z } from "zod";

import { MANAGER } from "../fleet/labels";
import { type OwnedFields } from "../fleet/observed";

/** The tree of field names in which the API server keeps who declared what. */
type FieldTree = { readonly [key: string]: FieldTree };
const fieldTree: z.ZodType<FieldTree> = z.lazy(() => z.record(z.string(), fieldTree));
const managedFields = z.array(z.object({ manager: z.string().default(""), fieldsV1: z.unknown() })).default([]);

/** What our field manager declared of a `Cluster` object: what it declares no more, the API server takes away. */
export function ownedFields(entries: unknown): OwnedFields {
  const trees = managedFields
    .parse(entries)
    // Applied, or created in one go: the provider may do either under our name.
    .filter(({ manager }) => manager === MANAGER)
    .map(({ fieldsV1 }) => fieldTree.catch({}).parse(fieldsV1 ?? {}));
  const names = (...path: string[]) => trees.flatMap((tree) => namesAt(tree, path)).sort();
  return {
    labels: names("f:metadata", "f:labels"),
    annotations: names("f:metadata", "f:annotations"),
    workers: names("f:spec", "f:topology", "f:workers", "f:machineDeployments"),
    spec: names("f:spec"),
  };
}

/** Field names below a path; of list entries, which are written `k:{"name":"default"}`, the name. */
function namesAt(tree: FieldTree, path: readonly string[]): string[] {
  const at = path.reduce<FieldTree | undefined>((inner, key) => inner?.[key], tree);
  return Object.keys(at ?? {}).flatMap((key) => {
    if (key.startsWith("k:")) {
      return [(JSON.parse(key.slice(2)) as { name?: string }).name ?? ""];
    }
    return key.startsWith("f:") ? [key.slice(2)] : [];
  });
}
