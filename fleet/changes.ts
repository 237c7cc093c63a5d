import { clusterAnnotations, clusterLabels } from "./cluster-labels";
import { canonicalJson, type Json, type JsonObject } from "./content-hash";
import { PLAIN } from "./families";
import { type DeclaredWorkers, type ObjectRef, type ObservedCluster } from "./observed";
import { type PlannedCluster, type PlannedWorkers } from "./planned";
import { type TopologyVariable } from "./topology/api-access";

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
    ...variableChanges("variables", declared.variables, planned.variables),
    ...poolChanges(planned, live),
    ...nodeGroupChanges(planned, live),
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

/** Those of them that replace machines: values of the class's variables, kinds and places of machines. */
export function machineChanges(planned: PlannedCluster, { declared }: ObservedCluster): FieldChange[] {
  const live = new Map(declared.workers.map((each) => [each.name, each]));
  return [
    ...variableChanges("variables", declared.variables, planned.variables),
    ...planned.workers.flatMap((pool) => poolMachineChanges(pool, live.get(pool.name))),
  ];
}

/** The labels that the cluster's object is declared with. */
function declaredLabels({ region, family, stage, labels, base }: PlannedCluster, environment: string) {
  return clusterLabels({ environment, region, class: family, stage, labels, base });
}

function poolChanges({ workers }: PlannedCluster, { declared, owned }: ObservedCluster): FieldChange[] {
  const live = new Map(declared.workers.map((each) => [each.name, each]));
  const planned = new Set(workers.map(({ name }) => name));
  return [
    ...workers.flatMap((pool) => poolChange(pool, live.get(pool.name))),
    ...declared.workers
      .filter(({ name }) => !planned.has(name) && owned.workers.includes(name))
      .map(({ name, replicas }) => ({ field: `workers.${name}`, from: String(replicas ?? "?"), to: undefined })),
  ];
}

function poolChange(planned: PlannedWorkers, live: DeclaredWorkers | undefined): FieldChange[] {
  const path = `workers.${planned.name}`;
  const sized = planned.replicas !== undefined || live === undefined;
  return [
    ...(sized ? changed(`${path}.replicas`, live?.replicas, planned.replicas ?? planned.min) : []),
    ...poolMachineChanges(planned, live),
  ];
}

function poolMachineChanges(planned: PlannedWorkers, live: DeclaredWorkers | undefined): FieldChange[] {
  const path = `workers.${planned.name}`;
  if (live === undefined) return [];
  return [
    ...(live.class === undefined ? [] : changed(`${path}.class`, live.class, planned.class)),
    ...changed(`${path}.zone`, live.failureDomain, planned.failureDomain),
    ...variableChanges(path, live.variables, planned.variables),
  ];
}

function nodeGroupChanges({ nodeGroups = [] }: PlannedCluster, live: ObservedCluster): FieldChange[] {
  const before = new Map((live.nodeGroups ?? []).map((group) => [group.name, group]));
  const gone = [...before.keys()].filter((name) => nodeGroups.every((group) => group.name !== name));
  return [
    ...nodeGroups.flatMap(({ name, version, replicas }) => [
      ...changed(`nodeGroups.${name}.version`, before.get(name)?.version, version),
      ...(replicas === undefined ? [] : changed(`nodeGroups.${name}.replicas`, before.get(name)?.replicas, replicas)),
    ]),
    ...gone.map((name) => ({ field: `nodeGroups.${name}`, from: before.get(name)?.version, to: undefined })),
  ];
}

/** Member by member where both are maps, so that a person sees the one that matters. */
function variableChanges(
  path: string,
  live: Readonly<Record<string, Json>> = {},
  planned: readonly TopologyVariable[] = [],
): FieldChange[] {
  return planned.flatMap(({ name, value }) => {
    const before = live[name];
    if (!isMap(before) || !isMap(value)) return changed(`${path}.${name}`, text(before), text(value));
    const keys = [...new Set([...Object.keys(before), ...Object.keys(value)])].sort();
    return keys.flatMap((key) => changed(`${path}.${name}.${key}`, text(before[key]), text(value[key])));
  });
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : canonicalJson(value);
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
