import { CustomObjectsApi, type KubeConfig, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";

import { RESTORED } from "../fleet/baseline/labels";
import { setsOf, strikeOut } from "./applied-record";

const SETS = { group: "addons.cluster.x-k8s.io", version: "v1beta2", plural: "clusterresourcesets" };

/**
 * Makes Cluster API apply a revision to a cluster again: it strikes the revision out of the record of what was applied
 * there, and touches the resource sets, for nobody looks at the record alone. Returns before it is applied.
 * @param now Becomes an annotation of the resource sets.
 */
export async function restoreBase(
  kubeconfig: KubeConfig,
  namespace: string,
  cluster: string,
  revision: string,
  now: Date,
): Promise<void> {
  const sets = setsOf(revision);
  await strikeOut(kubeconfig, namespace, cluster, (set) => sets.includes(set));
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  for (const name of sets) {
    const body = { metadata: { annotations: { [RESTORED]: now.toISOString() } } };
    await api.patchNamespacedCustomObject(
      { ...SETS, namespace, name, body },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  }
}
