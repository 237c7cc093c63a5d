import {
  ApiException,
  CustomObjectsApi,
  type KubeConfig,
  PatchStrategy,
  setHeaderOptions,
} from "@kubernetes/client-node";
import { z } from "zod";

import { RESTORED } from "../fleet/baseline/labels";
import { namespacesPart } from "../fleet/baseline/resource-sets";

const ADDONS = { group: "addons.cluster.x-k8s.io", version: "v1beta2" };

const binding = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z.object({ bindings: z.array(z.looseObject({ clusterResourceSetName: z.string() })).default([]) }),
});

/**
 * Makes Cluster API apply a revision to a cluster again: it strikes the revision out of the record of what was applied
 * there, and touches the resource sets, for nobody looks at the record alone. Returns before it is applied.
 *
 * Source: Cluster API 1.13.4, `internal/controllers/clusterresourceset`: a resource is applied when the cluster's
 * `ClusterResourceSetBinding` does not say that it was, and a set is looked at when it changes.
 * @param now Becomes an annotation of the resource sets.
 */
export async function restoreBase(
  kubeconfig: KubeConfig,
  namespace: string,
  cluster: string,
  revision: string,
  now: Date,
): Promise<void> {
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  const sets = [revision, namespacesPart(revision)];
  await strikeOut(api, namespace, cluster, sets);
  for (const name of sets) {
    const body = { metadata: { annotations: { [RESTORED]: now.toISOString() } } };
    await api.patchNamespacedCustomObject({ ...ADDONS, plural: "clusterresourcesets", namespace, name, body }, MERGE);
  }
}

/** The record names its version, so that what Cluster API notes meanwhile is not lost; then it is read again. */
async function strikeOut(
  api: CustomObjectsApi,
  namespace: string,
  cluster: string,
  sets: readonly string[],
  attempts = 3,
): Promise<void> {
  const at = { ...ADDONS, plural: "clusterresourcesetbindings", namespace, name: cluster };
  const { metadata, spec } = await recordOf(api, at);
  const bindings = spec.bindings.filter(({ clusterResourceSetName }) => !sets.includes(clusterResourceSetName));
  if (bindings.length === spec.bindings.length) return;
  const { resourceVersion } = metadata;
  try {
    await api.patchNamespacedCustomObject(
      { ...at, body: { metadata: { resourceVersion }, spec: { bindings } } },
      MERGE,
    );
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 409) || attempts === 1) throw error;
    await strikeOut(api, namespace, cluster, sets, attempts - 1);
  }
}

/** Without a record nothing was applied, and there is nothing to strike out. */
async function recordOf(
  api: CustomObjectsApi,
  at: { group: string; version: string; plural: string; namespace: string; name: string },
): Promise<z.output<typeof binding>> {
  try {
    return binding.parse(await api.getNamespacedCustomObject(at));
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 404)) throw error;
    return { metadata: { resourceVersion: "" }, spec: { bindings: [] } };
  }
}

const MERGE = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
