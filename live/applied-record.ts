import {
  ApiException,
  CustomObjectsApi,
  type KubeConfig,
  PatchStrategy,
  setHeaderOptions,
} from "@kubernetes/client-node";
import { z } from "zod";

import { BASE } from "../fleet/baseline/labels";
import { namespacesPart, revisionOfPart } from "../fleet/baseline/resource-sets";
import { listAll } from "./management-client";

/**
 * Cluster API's record of what its resource sets applied to each cluster, a `ClusterResourceSetBinding` of the cluster's
 * name. A set is applied to a cluster where the record does not say that it was.
 *
 * Source: Cluster API 1.13.4, `internal/controllers/clusterresourceset`. The record keeps the entry of a set that no longer
 * selects the cluster, and holds 100 entries.
 */
const RECORDS = { group: "addons.cluster.x-k8s.io", version: "v1beta2", plural: "clusterresourcesetbindings" };
const CLUSTERS = { group: "cluster.x-k8s.io", version: "v1beta2", plural: "clusters" };

const record = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z.object({ bindings: z.array(z.looseObject({ clusterResourceSetName: z.string() })).default([]) }).prefault({}),
});

/** The resource sets of a revision of the base configuration. */
export function setsOf(revision: string): string[] {
  return [revision, namespacesPart(revision)];
}

/**
 * Strikes out of each cluster's record the revisions that the cluster has left. Otherwise a cluster that goes back to one
 * of them would keep what it has, for its record says that the old one is applied.
 */
export async function forgetLeftBases(kubeconfig: KubeConfig, namespace: string): Promise<void> {
  const clusters = await listAll(kubeconfig, CLUSTERS, namespace);
  for (const { metadata } of clusters) {
    const current = metadata.labels?.[BASE];
    await strikeOut(kubeconfig, namespace, metadata.name, (set) => {
      const revision = revisionOfPart(set);
      return revision !== undefined && revision !== current;
    });
  }
}

/**
 * Strikes resource sets out of the record of a cluster. It names its version, so that what Cluster API notes meanwhile is
 * not lost; then it is read again.
 */
export async function strikeOut(
  kubeconfig: KubeConfig,
  namespace: string,
  cluster: string,
  isStruck: (set: string) => boolean,
  attempts = 3,
): Promise<void> {
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  const at = { ...RECORDS, namespace, name: cluster };
  const { metadata, spec } = await recordOf(api, at);
  const bindings = spec.bindings.filter(({ clusterResourceSetName }) => !isStruck(clusterResourceSetName));
  if (bindings.length === spec.bindings.length) return;
  const { resourceVersion } = metadata;
  try {
    await api.patchNamespacedCustomObject(
      { ...at, body: { metadata: { resourceVersion }, spec: { bindings } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 409) || attempts === 1) throw error;
    await strikeOut(kubeconfig, namespace, cluster, isStruck, attempts - 1);
  }
}

/** Without a record nothing was applied, and there is nothing to strike out. */
async function recordOf(
  api: CustomObjectsApi,
  at: { group: string; version: string; plural: string; namespace: string; name: string },
): Promise<z.output<typeof record>> {
  try {
    return record.parse(await api.getNamespacedCustomObject(at));
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 404)) throw error;
    return { metadata: { resourceVersion: "" }, spec: { bindings: [] } };
  }
}
