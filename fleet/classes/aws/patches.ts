import { type JsonObject } from "../../content-hash";

/** Which of a cluster's objects a patch changes, by the template that they are made from. */
export interface PatchTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly matchResources: JsonObject;
}

/** A place in a template and what a cluster's variables put there. */
export type Replacement = readonly [path: string, from: From];

type From = { readonly variable: string } | { readonly template: string };

const SPEC = "/spec/template/spec";

/**
 * A patch of a ClusterClass. Every place is set anew, whether the template has it or not.
 * @param replacements Paths below the spec of what is made from the template.
 * @param enabledIf Go template that says `true` where the patch is wanted. Default: always.
 */
export function patch(
  name: string,
  { apiVersion, kind, matchResources }: PatchTarget,
  replacements: readonly Replacement[],
  enabledIf?: string,
): JsonObject {
  return {
    name,
    ...(enabledIf === undefined ? {} : { enabledIf }),
    definitions: [
      {
        selector: { apiVersion, kind, matchResources },
        jsonPatches: replacements.map(([path, valueFrom]) => ({ op: "add", path: `${SPEC}${path}`, valueFrom })),
      },
    ],
  };
}

export function fromVariable(variable: string): From {
  return { variable };
}

/** @param template A Go template over the variables, as YAML or JSON. */
export function fromTemplate(template: string): From {
  return { template };
}
