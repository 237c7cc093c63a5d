import { z } from "zod";

import { type Json } from "../fleet/content-hash";
import { DECLARED, MANAGED_BY, MANAGER, POOL } from "../fleet/labels";
import { type ObservedNodeGroup } from "../fleet/observed";
import { type LiveObject } from "./management-client";

const machinePool = z.object({
  spec: z.object({
    clusterName: z.string(),
    replicas: z.number().default(0),
    template: z.object({ spec: z.object({ version: z.string().default("") }) }),
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      readyReplicas: z.number().default(0),
      phase: z.string().default(""),
    })
    .prefault({}),
});

/** The node groups of ours, by `namespace/cluster`. */
export function observedNodeGroups(machinePools: readonly LiveObject[]): ReadonlyMap<string, ObservedNodeGroup[]> {
  const groups = new Map<string, ObservedNodeGroup[]>();
  for (const object of machinePools.filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER)) {
    const { metadata } = object;
    const { spec, status } = machinePool.parse(object);
    const key = `${metadata.namespace}/${spec.clusterName}`;
    const group = {
      name: metadata.name,
      pool: metadata.labels?.[POOL] ?? "",
      version: spec.template.spec.version,
      replicas: spec.replicas,
      ready:
        status.observedGeneration === metadata.generation &&
        status.phase === "Running" &&
        status.readyReplicas >= spec.replicas,
      declared: declaredBy(metadata.annotations?.[DECLARED]),
    };
    groups.set(key, [...(groups.get(key) ?? []), group]);
  }
  return groups;
}

/** The annotation is ours, but anybody may write there. */
function declaredBy(annotation: string | undefined): Json | undefined {
  try {
    return annotation === undefined ? undefined : (JSON.parse(annotation) as Json);
  } catch {
    return undefined;
  }
}
