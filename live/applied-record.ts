import {
  ApiException,
  CustomObjectsApi,
  type KubeConfig,
  PatchStrategy,
  setHeaderOptions,
} from "@kubernetes/client-node";
import { z } from "zod";

import { BASE } from "../fleet/baseline/labels";
import { revisionOfPart } from "../fleet/baseline/resource-sets";
import { APPLIED_RECORDS, CLUSTERS } from "./kinds";
import { listAll, ManagementClusterError } from "./management-client";

const record = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z.object({ bindings: z.array(z.looseObject({ clusterResourceSetName: z.string() })).default([]) }).prefault({}),
});
type AppliedRecord = z.output<typeof record>;

const ATTEMPTS = 3;

/**
 * Strikes out of each cluster's record the revisions that the cluster has left. Otherwise a cluster that goes back to one
 * of them would keep what it has, for its record says that the old one is applied.
 * @throws ManagementClusterError where these credentials may not do that.
 */
export async function forgetLeftBases(kubeconfig: KubeConfig, namespace: string): Promise<void> {
  const clusters = await listAll(kubeconfig, CLUSTERS, namespace);
  const current = new Map(clusters.map(({ metadata }) => [metadata.name, metadata.labels?.[BASE]]));
  await strikeOut(kubeconfig, namespace, (cluster, set) => {
    const revision = revisionOfPart(set);
    return current.has(cluster) && revision !== undefined && revision !== current.get(cluster);
  });
}

/**
 * Strikes resource sets out of the records of a namespace. A cluster without a record was given nothing.
 * @throws ManagementClusterError where these credentials may not do that.
 */
export async function strikeOut(
  kubeconfig: KubeConfig,
  namespace: string,
  isStruck: (cluster: string, set: string) => boolean,
): Promise<void> {
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  try {
    for (const object of await listAll(kubeconfig, APPLIED_RECORDS, namespace)) {
      const { name } = object.metadata;
      await strike(api, { ...APPLIED_RECORDS, namespace, name }, record.parse(object), (set) => isStruck(name, set));
    }
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 403)) throw error;
    throw new ManagementClusterError(
      `These credentials may not correct Cluster API's record of what it applied to the clusters of namespace ${namespace}. ` +
        `Have a Role grant get, list and patch on ${APPLIED_RECORDS.plural} of ${APPLIED_RECORDS.group}: ` +
        "run pulumi up on the management cluster's stack with this version of cluster-fleet.",
      { cause: error },
    );
  }
}

/** It names the version that it read, so that what Cluster API notes meanwhile is not lost; then it is read again. */
async function strike(
  api: CustomObjectsApi,
  at: typeof APPLIED_RECORDS & { readonly namespace: string; readonly name: string },
  { metadata: { resourceVersion }, spec }: AppliedRecord,
  isStruck: (set: string) => boolean,
  attempts = ATTEMPTS,
): Promise<void> {
  const bindings = spec.bindings.filter(({ clusterResourceSetName }) => !isStruck(clusterResourceSetName));
  if (bindings.length === spec.bindings.length) return;
  try {
    await api.patchNamespacedCustomObject(
      { ...at, body: { metadata: { resourceVersion }, spec: { bindings } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  } catch (error) {
    const { code } = error instanceof ApiException ? error : {};
    // The cluster has gone, its record with it.
    if (code === 404) return;
    if (code !== 409 || attempts === 1) throw error;
    await strike(api, at, record.parse(await api.getNamespacedCustomObject(at)), isStruck, attempts - 1);
  }
}
