import { MANAGED_BY, MANAGER } from "./labels";
import { type Observed, type ObservedClass } from "./observed";

/** Class revisions and templates that nothing needs any more, in the order in which to delete them. */
export interface PrunePlan {
  readonly classes: readonly ObservedClass[];
  /** `Kind/name` of templates that only those classes refer to. */
  readonly templates: readonly string[];
}

/**
 * The class revisions of ours in `namespace` that no cluster uses and that the last run did not declare. A declared
 * revision stays although nobody uses it yet: it is published, and the next run moves clusters to it.
 */
export function planPrune(observed: Observed, namespace: string, declared: readonly string[]): PrunePlan {
  const here = observed.classes.filter((each) => each.namespace === namespace && each.labels[MANAGED_BY] === MANAGER);
  const used = new Set(observed.clusters.filter((each) => each.namespace === namespace).map((each) => each.classRef));
  const needed = (each: ObservedClass) => used.has(each.name) || declared.includes(each.name);
  const classes = here.filter((each) => !needed(each));
  const kept = new Set(here.filter(needed).flatMap((each) => each.templates));
  const templates = [...new Set(classes.flatMap((each) => each.templates))].filter((each) => !kept.has(each)).sort();
  return { classes, templates };
}
