import { z } from "zod";

import { type Json } from "../fleet/content-hash";
import { AUTOSCALER_MAX_SIZE, AUTOSCALER_MIN_SIZE } from "../fleet/labels";
import {
  type DeclaredSpec,
  type DeclaredWorkers,
  type ObservedClass,
  type ObservedCluster,
  type ReplicaCounts,
} from "../fleet/observed";
import { type LiveObject } from "./management-client";
import { ownedFields } from "./owned-fields";

/** The parts of Cluster API's v1beta2 objects that we read; everything else is left aside. */
const json = z.json() as z.ZodType<Json>;
const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(""),
  message: z.string().default(""),
  observedGeneration: z.number().optional(),
  lastTransitionTime: z.string().optional(),
});
const counters = z.object({
  desiredReplicas: z.number().default(0),
  replicas: z.number().default(0),
  readyReplicas: z.number().default(0),
  upToDateReplicas: z.number().default(0),
});
const reference = z.object({ apiGroup: z.string().default(""), kind: z.string(), name: z.string() });
const ranges = z.object({ cidrBlocks: z.array(z.string()).default([]) });
const variable = z.object({ name: z.string(), value: json });
const machineDeployment = z.object({
  name: z.string(),
  class: z.string().optional(),
  replicas: z.number().optional(),
  failureDomain: z.string().optional(),
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }).prefault({}),
  variables: z.object({ overrides: z.array(variable).default([]) }).optional(),
});
const clusterParts = z.object({
  spec: z
    .object({
      paused: z.boolean().default(false),
      clusterNetwork: z.object({ pods: ranges.optional(), services: ranges.optional() }).prefault({}),
      infrastructureRef: reference.optional(),
      controlPlaneRef: reference.optional(),
      topology: z
        .object({
          classRef: z.object({ name: z.string() }).optional(),
          version: z.string().optional(),
          controlPlane: z.object({ replicas: z.number().optional() }).prefault({}),
          workers: z
            .object({
              machineDeployments: z.array(machineDeployment).default([]),
            })
            .prefault({}),
          variables: z.array(variable).optional(),
        })
        .optional(),
    })
    .prefault({}),
  status: z
    .object({
      conditions: z.array(condition).default([]),
      controlPlane: counters.optional(),
      workers: counters.optional(),
      /** Where providers of the older contract report that they gave up. */
      deprecated: z
        .object({
          v1beta1: z.object({ failureReason: z.string().optional(), failureMessage: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .prefault({}),
});
const templateReference = z.object({ templateRef: z.object({ kind: z.string(), name: z.string() }) });
const classParts = z.object({
  spec: z.object({
    infrastructure: templateReference.optional(),
    controlPlane: templateReference.extend({ machineInfrastructure: templateReference.optional() }).optional(),
    workers: z
      .object({
        machineDeployments: z
          .array(z.object({ bootstrap: templateReference, infrastructure: templateReference }))
          .default([]),
      })
      .prefault({}),
  }),
  status: z
    .object({ observedGeneration: z.number().optional(), conditions: z.array(condition).default([]) })
    .prefault({}),
});

type Condition = z.output<typeof condition>;
type Counters = z.output<typeof counters>;

/**
 * A `Cluster` as plain data. A condition counts only if it was made for the object's current generation.
 * @param unfinished Why its machines are not yet what was declared, if they are not; see `unfinishedRollouts`.
 */
export function observedCluster(object: LiveObject, unfinished?: string): ObservedCluster {
  const { metadata } = object;
  const { spec, status } = clusterParts.parse(object);
  const current = (type: string): Condition | undefined =>
    status.conditions.find((each) => each.type === type && each.observedGeneration === metadata.generation);
  const { classRef, version } = spec.topology ?? {};
  const missing = [
    ...expected("Available", "True", current),
    ...(classRef === undefined ? [] : expected("TopologyReconciled", "True", current)),
    ...expected("ControlPlaneMachinesUpToDate", "True", current),
    ...expected("WorkerMachinesUpToDate", "True", current),
    ...expected("RollingOut", "False", current),
    ...expected("ScalingUp", "False", current),
    ...expected("ScalingDown", "False", current),
    ...incomplete("control plane", status.controlPlane),
    ...incomplete("workers", status.workers),
    ...(unfinished === undefined ? [] : [unfinished]),
  ];
  const available = current("Available")?.status === "True";
  const settled = missing.every((each) => each.startsWith("Available")) && metadata.deletionTimestamp === undefined;
  const terminal = status.deprecated?.v1beta1?.failureMessage ?? status.deprecated?.v1beta1?.failureReason;
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    created: metadata.creationTimestamp,
    deleting: metadata.deletionTimestamp !== undefined,
    classRef: classRef?.name,
    version,
    declared: declaredSpec(spec),
    owned: ownedFields(metadata.managedFields),
    controlPlane: counts(status.controlPlane),
    workers: counts(status.workers),
    available,
    settled,
    since: latestOf([metadata.creationTimestamp, ...transitions(status.conditions, settled)]),
    conditions: status.conditions.flatMap(({ type }) => (current(type)?.status === "True" ? [type] : [])).sort(),
    ...(terminal === undefined ? {} : { terminal }),
    reason: metadata.deletionTimestamp === undefined ? (missing[0] ?? "") : "is being deleted",
  };
}

const OF_ROLLOUTS = [
  "Available",
  "TopologyReconciled",
  "ControlPlaneMachinesUpToDate",
  "WorkerMachinesUpToDate",
  "RollingOut",
];
const OF_SCALING = ["ScalingUp", "ScalingDown"];

/** A settled cluster that only grew or shrank has not begun anew to be settled: its size may follow its load. */
function transitions(conditions: readonly Condition[], settled: boolean): string[] {
  const counting = settled ? OF_ROLLOUTS : [...OF_ROLLOUTS, ...OF_SCALING];
  return conditions.flatMap(({ type, lastTransitionTime }) =>
    counting.includes(type) ? (lastTransitionTime ?? []) : [],
  );
}

/** Times of the API server are all in UTC and to the second, so that they sort as text. */
function latestOf(times: readonly string[]): string {
  return times.reduce((latest, time) => (time > latest ? time : latest));
}

function declaredSpec(spec: z.output<typeof clusterParts>["spec"]): DeclaredSpec {
  const { clusterNetwork, topology } = spec;
  return {
    controlPlaneReplicas: topology?.controlPlane.replicas,
    workers: (topology?.workers.machineDeployments ?? [])
      .map(declaredWorkers)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(topology?.variables === undefined ? {} : { variables: byName(topology.variables) }),
    podRanges: clusterNetwork.pods?.cidrBlocks ?? [],
    serviceRanges: clusterNetwork.services?.cidrBlocks ?? [],
    paused: spec.paused,
    infrastructureRef: spec.infrastructureRef,
    controlPlaneRef: spec.controlPlaneRef,
  };
}

function declaredWorkers({ metadata, variables, ...rest }: z.output<typeof machineDeployment>): DeclaredWorkers {
  const [min, max] = [AUTOSCALER_MIN_SIZE, AUTOSCALER_MAX_SIZE].map((key) => size(metadata.annotations[key]));
  return {
    ...rest,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(variables === undefined ? {} : { variables: byName(variables.overrides) }),
  };
}

/** Annotations are text that anybody may write. */
function size(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function byName(variables: readonly z.output<typeof variable>[]): Record<string, Json> {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

/** A `ClusterClass` as plain data. */
export function observedClass(object: LiveObject): ObservedClass {
  const { metadata } = object;
  const { spec, status } = classParts.parse(object);
  const variablesReady = status.conditions.find(({ type }) => type === "VariablesReady");
  const references = [
    spec.infrastructure,
    spec.controlPlane,
    spec.controlPlane?.machineInfrastructure,
    ...spec.workers.machineDeployments.flatMap(({ bootstrap, infrastructure }) => [bootstrap, infrastructure]),
  ];
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    labels: metadata.labels ?? {},
    reconciled: status.observedGeneration === metadata.generation && variablesReady?.status === "True",
    templates: [
      ...new Set(references.flatMap((each) => (each ? [`${each.templateRef.kind}/${each.templateRef.name}`] : []))),
    ].sort(),
  };
}

/** Nothing where the condition has the wanted status; else one sentence in the condition's own words. */
function expected(type: string, status: string, current: (type: string) => Condition | undefined): string[] {
  const found = current(type);
  if (found?.status === status) {
    return [];
  }
  const detail = found === undefined ? "not reported yet" : firstLine(found.message) || found.reason;
  return [`${type}: ${detail}`];
}

function incomplete(part: string, found: Counters | undefined): string[] {
  const { desiredReplicas, replicas, readyReplicas, upToDateReplicas } = counters.parse(found ?? {});
  const complete = [replicas, readyReplicas, upToDateReplicas].every((each) => each === desiredReplicas);
  return complete ? [] : [`${part}: ${upToDateReplicas} of ${desiredReplicas} up to date, ${readyReplicas} ready`];
}

function counts(found: Counters | undefined): ReplicaCounts {
  const { desiredReplicas, readyReplicas, upToDateReplicas } = counters.parse(found ?? {});
  return { desired: desiredReplicas, ready: readyReplicas, upToDate: upToDateReplicas };
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.replace(/^\* /, "") ?? "";
}
