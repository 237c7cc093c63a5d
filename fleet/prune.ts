import { BASE } from "./baseline/labels";
import { revisionOfPart } from "./baseline/resource-sets";
import { MANAGED_BY, MANAGER } from "./labels";
import { type Observed, type ObservedClass } from "./observed";

/** Revisions of classes and of the base configuration that nothing needs, in the order in which to delete them. */
export interface PrunePlan {
  readonly classes: readonly ObservedClass[];
  /** `Kind/name` of templates that only those classes refer to. */
  readonly templates: readonly string[];
  /** Revisions of the base configuration, `base-<hash>`, sorted. */
  readonly bases: readonly string[];
  /** `Kind/name` of their objects: the resource sets before what those apply. */
  readonly baseObjects: readonly string[];
}

/** What the stack declares, used or not: it is published, and the next run moves clusters to it. */
export interface DeclaredRevisions {
  readonly classes: readonly string[];
  /** `base-<hash>` */
  readonly bases: readonly string[];
}

/** A `ConfigMap` or `ClusterResourceSet` of ours, of the namespace that is pruned. */
export interface BasePart {
  readonly kind: "ClusterResourceSet" | "ConfigMap";
  readonly name: string;
  /** What its label says that it is a part of. */
  readonly revision: string;
}

/** The revisions of ours in `namespace` that no cluster uses and that the stack does not declare. */
export function planPrune(
  observed: Observed,
  parts: readonly BasePart[],
  namespace: string,
  declared: DeclaredRevisions,
): PrunePlan {
  return { ...unusedClasses(observed, namespace, declared), ...unusedBases(observed, parts, namespace, declared) };
}

function unusedClasses(observed: Observed, namespace: string, declared: DeclaredRevisions) {
  const here = observed.classes.filter((each) => each.namespace === namespace && each.labels[MANAGED_BY] === MANAGER);
  const used = new Set(observed.clusters.filter((each) => each.namespace === namespace).map((each) => each.classRef));
  const needed = (each: ObservedClass) => used.has(each.name) || declared.classes.includes(each.name);
  const classes = here.filter((each) => !needed(each));
  const kept = new Set(here.filter(needed).flatMap((each) => each.templates));
  const templates = [...new Set(classes.flatMap((each) => each.templates))].filter((each) => !kept.has(each)).sort();
  return { classes, templates };
}

/**
 * A cluster's label alone tells what it uses. So a revision stays for a cluster that does not answer, or has not been
 * given it yet, and goes once the label names another, whether or not that one has arrived.
 */
function unusedBases(
  observed: Observed,
  parts: readonly BasePart[],
  namespace: string,
  { bases: declared }: DeclaredRevisions,
) {
  const used = observed.clusters.filter((each) => each.namespace === namespace).map(({ labels }) => labels[BASE]);
  const unused = parts.filter(
    ({ name, revision }) =>
      revisionOfPart(name) === revision && !used.includes(revision) && !declared.includes(revision),
  );
  const objects = unused.map(({ kind, name }) => `${kind}/${name}`).sort();
  return { bases: [...new Set(unused.map(({ revision }) => revision))].sort(), baseObjects: objects };
}
