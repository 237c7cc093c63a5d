import { clusterAnnotations, clusterLabels } from "./cluster-labels";
import { PLAIN } from "./families";
import { type ObjectRef, type ObservedCluster } from "./observed";
import { type PlannedCluster } from "./plan";

/** A field in which what is planned differs from what lives. */
export interface FieldChange {
  /** In the stack file's words, e.g. `version`, `workers.default`, `labels.team`. */
  readonly field: string;
  /** `undefined` where nothing lives yet. */
  readonly from: string | undefined;
  /** `undefined` where nothing will be left. */
  readonly to: string | undefined;
}

/** `version v1.35.2 -> v1.36.1`. */
export function describeChange({ field, from, to }: FieldChange): string {
  return `${field} ${from ?? "(none)"} -> ${to ?? "(none)"}`;
}

/**
 * The fields of a live cluster that declaring the planned one would change, in the order in which people ask for them.
 * What we no longer declare goes only where we declared it: server-side apply leaves the fields of others alone.
 */
export function clusterChanges(planned: PlannedCluster, live: ObservedCluster, environment: string): FieldChange[] {
  const { declared, owned } = live;
  return [
    ...changed("class", live.classRef, planned.className),
    ...changed("version", live.version, planned.version),
    ...changed("controlPlane.replicas", declared.controlPlaneReplicas, planned.controlPlaneReplicas),
    ...poolChanges(planned, live),
    ...(planned.paused || owned.spec.includes("paused")
      ? changed("paused", declared.paused || undefined, planned.paused)
      : []),
    ...changed("network.pods", list(declared.podRanges), list(planned.podRanges)),
    ...changed("network.services", list(declared.serviceRanges), list(planned.serviceRanges)),
    ...(planned.family === PLAIN ? referenceChanges(planned, live) : []),
    ...mapChanges("labels", live.labels, declaredLabels(planned, environment), owned.labels),
    ...mapChanges("annotations", live.annotations, clusterAnnotations(planned), owned.annotations),
  ];
}

/** The labels that the cluster's object is declared with. */
function declaredLabels({ region, family, stage, labels }: PlannedCluster, environment: string) {
  return clusterLabels({ environment, region, class: family, stage, labels });
}

function poolChanges({ workers }: PlannedCluster, { declared, owned }: ObservedCluster): FieldChange[] {
  const live = new Map(declared.workers.map(({ name, replicas }) => [name, replicas]));
  const planned = new Set(workers.map(({ name }) => name));
  return [
    ...workers.flatMap(({ name, replicas }) => changed(`workers.${name}.replicas`, live.get(name), replicas)),
    ...declared.workers
      .filter(({ name }) => !planned.has(name) && owned.workers.includes(name))
      .map(({ name, replicas }) => ({ field: `workers.${name}`, from: String(replicas ?? "?"), to: undefined })),
  ];
}

function referenceChanges(planned: PlannedCluster, { declared, owned }: ObservedCluster): FieldChange[] {
  return [
    ...changed("infrastructureRef", reference(declared.infrastructureRef), reference(planned.infrastructureRef)),
    ...(planned.controlPlaneRef || owned.spec.includes("controlPlaneRef")
      ? changed("controlPlaneRef", reference(declared.controlPlaneRef), reference(planned.controlPlaneRef))
      : []),
  ];
}

function mapChanges(
  field: string,
  live: Readonly<Record<string, string>>,
  planned: Readonly<Record<string, string>>,
  owned: readonly string[],
): FieldChange[] {
  const gone = owned.filter((key) => planned[key] === undefined);
  return [...Object.keys(planned), ...gone]
    .sort()
    .flatMap((key) => changed(`${field}[${JSON.stringify(key)}]`, live[key], planned[key]));
}

function changed(field: string, from: unknown, to: unknown): FieldChange[] {
  const [before, after] = [from, to].map((value) => (value === undefined ? undefined : String(value)));
  return before === after ? [] : [{ field, from: before, to: after }];
}

function list(values: readonly string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : values.join(", ");
}

function reference(ref: ObjectRef | undefined): string | undefined {
  return ref && `${ref.kind}/${ref.name}`;
}
