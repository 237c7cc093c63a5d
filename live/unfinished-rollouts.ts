import { z } from "zod";

import { type LiveObject } from "./management-client";

/** What makes the machines of a cluster, beside its `Cluster` object. */
export interface MachineOwners {
  readonly controlPlanes: readonly LiveObject[];
  readonly machineDeployments: readonly LiveObject[];
  readonly machineSets: readonly LiveObject[];
}

const CLUSTER_NAME = "cluster.x-k8s.io/cluster-name";
const DEPLOYMENT_NAME = "cluster.x-k8s.io/deployment-name";
/** On a machine deployment: the revision of its template. On a machine set: the revision that it makes. */
const REVISION = "machinedeployment.clusters.x-k8s.io/revision";

const parts = z.object({
  spec: z.object({ replicas: z.number().default(0) }).prefault({}),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      replicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      upToDateReplicas: z.number().default(0),
    })
    .prefault({}),
});

/**
 * Why machines are not yet what was declared, by `namespace/cluster`; a cluster that is absent is through with it.
 *
 * The conditions of a `Cluster` sum up those of its parts, and lag behind them: between the change of a template and the
 * look of the controller that replaces the machines, all of them still say that nothing is under way. So the parts are
 * asked themselves: has each controller seen its object, are its machines there and up to date, and does a machine set
 * of an earlier revision still have machines?
 */
export function unfinishedRollouts(owners: MachineOwners): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const note = (object: LiveObject, reason: string | undefined) => {
    const key = `${object.metadata.namespace}/${object.metadata.labels?.[CLUSTER_NAME]}`;
    if (reason !== undefined && !reasons.has(key)) reasons.set(key, reason);
  };
  const { controlPlanes, machineDeployments, machineSets } = owners;
  controlPlanes.forEach((each) => note(each, unseen(each) ?? incomplete(each)));
  machineDeployments.forEach((each) => note(each, unseen(each)));
  const revisions = new Map(machineDeployments.map((each) => [keyOf(each, each.metadata.name), revision(each)]));
  for (const each of machineSets) {
    const deployment = each.metadata.labels?.[DEPLOYMENT_NAME];
    if (deployment === undefined) continue;
    const isCurrent = revision(each) === revisions.get(keyOf(each, deployment));
    note(each, unseen(each) ?? (isCurrent ? incomplete(each) : leftOver(each)));
  }
  return reasons;
}

function unseen({ metadata, status }: LiveObject): string | undefined {
  return parts.shape.status.parse(status).observedGeneration === metadata.generation
    ? undefined
    : `${metadata.name}: its controller has not looked at the last change yet`;
}

function incomplete(object: LiveObject): string | undefined {
  const { spec, status } = parts.parse(object);
  const { replicas, readyReplicas, upToDateReplicas } = status;
  return [replicas, readyReplicas, upToDateReplicas].every((each) => each === spec.replicas)
    ? undefined
    : `${object.metadata.name}: ${upToDateReplicas} of ${spec.replicas} up to date, ${readyReplicas} ready`;
}

/** Of a machine set of an earlier revision. */
function leftOver(object: LiveObject): string | undefined {
  const { spec, status } = parts.parse(object);
  return spec.replicas === 0 && status.replicas === 0
    ? undefined
    : `${object.metadata.name}: has machines of an earlier revision`;
}

function revision({ metadata }: LiveObject): string | undefined {
  return metadata.annotations?.[REVISION];
}

function keyOf({ metadata }: LiveObject, deployment: string): string {
  return `${metadata.namespace}/${deployment}`;
}
