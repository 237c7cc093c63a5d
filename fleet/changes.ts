import { clusterAnnotations, clusterLabels } from "./cluster-labels";
import { PLAIN } from "./families";
import { STAGE } from "./labels";
import { type DeclaredSpec, type ObjectRef, type ObservedCluster } from "./observed";
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

export interface ComparisonOptions {
  readonly environment: string;
  /**
   * The live object is ours already: what we no longer declare goes. On somebody else's it stays, for server-side apply
   * removes only what its own manager declared.
   */
  readonly ours: boolean;
}

/** The fields of a live cluster that declaring the planned one would change, in the order in which people ask for them. */
export function clusterChanges(
  planned: PlannedCluster,
  live: ObservedCluster,
  { environment, ours }: ComparisonOptions,
): FieldChange[] {
  const labels = declaredLabels(planned, environment);
  return [
    ...changed("class", live.classRef, planned.className),
    ...changed("version", live.version, planned.version),
    ...changed("controlPlane.replicas", live.declared.controlPlaneReplicas, planned.controlPlaneReplicas),
    ...poolChanges(planned, live.declared),
    ...changed("paused", live.declared.paused || undefined, planned.paused),
    ...changed("network.pods", list(live.declared.podRanges), list(planned.podRanges)),
    ...changed("network.services", list(live.declared.serviceRanges), list(planned.serviceRanges)),
    ...(planned.family === PLAIN ? referenceChanges(planned, live.declared) : []),
    ...mapChanges("labels", live.labels, labels, goneKeys(live.labels, labels)),
    ...mapChanges("annotations", live.annotations, clusterAnnotations(planned), []),
  ].filter(({ to }) => ours || to !== undefined);
}

/** The labels that the cluster's object is declared with. */
function declaredLabels({ region, family, stage, labels }: PlannedCluster, environment: string) {
  return clusterLabels({ environment, region, class: family, stage, labels });
}

function poolChanges({ workers }: PlannedCluster, declared: DeclaredSpec): FieldChange[] {
  const live = new Map(declared.workers.map(({ name, replicas }) => [name, replicas]));
  const planned = new Set(workers.map(({ name }) => name));
  return [
    ...workers.flatMap(({ name, replicas }) => changed(`workers.${name}.replicas`, live.get(name), replicas)),
    ...declared.workers
      .filter(({ name }) => !planned.has(name))
      .map(({ name, replicas }) => ({ field: `workers.${name}`, from: String(replicas ?? "?"), to: undefined })),
  ];
}

function referenceChanges(planned: PlannedCluster, declared: DeclaredSpec): FieldChange[] {
  return [
    ...changed("infrastructureRef", reference(declared.infrastructureRef), reference(planned.infrastructureRef)),
    ...changed("controlPlaneRef", reference(declared.controlPlaneRef), reference(planned.controlPlaneRef)),
  ];
}

function mapChanges(
  field: string,
  live: Readonly<Record<string, string>>,
  planned: Readonly<Record<string, string>>,
  gone: readonly string[],
): FieldChange[] {
  return [...Object.keys(planned), ...gone]
    .sort()
    .flatMap((key) => changed(`${field}[${JSON.stringify(key)}]`, live[key], planned[key]));
}

/** Labels that live and that we declare no more. Keys with a domain, but for the stage's, may be others' work. */
function goneKeys(live: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>): string[] {
  return Object.keys(live).filter((key) => own[key] === undefined && (key === STAGE || !key.includes("/")));
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
