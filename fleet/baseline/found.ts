/** What is found of a cluster's base configuration. */
export const BaseState = {
  /** Every object is as its revision says. */
  AsDeclared: "as declared",
  /** Somebody changed or deleted objects. */
  Edited: "edited",
  /** Nothing of the revision is there yet. */
  Missing: "missing",
  NotReachable: "not reachable",
  /** The cluster takes no part in the base configuration. */
  None: "none",
} as const;
export type BaseState = (typeof BaseState)[keyof typeof BaseState];

export interface FoundBase {
  readonly cluster: string;
  /** The revision that the cluster's label names. */
  readonly declared?: string;
  readonly found: BaseState;
  /** Objects that are not as declared, in the revision's order. */
  readonly edits: readonly BaseEdit[];
  /** Objects of ours that the revision does not have, as `Kind namespace/name`, sorted. Nothing takes them away. */
  readonly leftOver: readonly string[];
  /** Why it is not reachable, or cannot be told. */
  readonly reason?: string;
}

/** An object that is not as declared. */
export interface BaseEdit {
  /** `Kind namespace/name` */
  readonly object: string;
  /** The object is not there. */
  readonly missing: boolean;
  /** What differs, as paths; empty where it is missing. */
  readonly fields: readonly string[];
}

interface NamedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** `Kind namespace/name`, as messages name an object. */
export function objectTitle({ kind, metadata }: NamedObject): string {
  return `${kind} ${metadata.namespace === undefined ? "" : `${metadata.namespace}/`}${metadata.name}`;
}

/**
 * What is found once every object was looked at.
 * @param objects The revision's objects without its namespaces, which may have been there before it.
 */
export function stateOf(objects: readonly NamedObject[], edits: readonly BaseEdit[]): BaseState {
  if (edits.length === 0) return BaseState.AsDeclared;
  const missing = new Set(edits.flatMap(({ object, missing }) => (missing ? [object] : [])));
  return objects.every((each) => missing.has(objectTitle(each))) ? BaseState.Missing : BaseState.Edited;
}
