import {
  ApiException,
  CustomObjectsApi,
  type KubeConfig,
  PatchStrategy,
  setHeaderOptions,
} from "@kubernetes/client-node";

import { RESTORED } from "../fleet/baseline/labels";
import { partsOf } from "../fleet/baseline/resource-sets";
import { strikeOut } from "./applied-record";
import { RESOURCE_SETS } from "./kinds";
import { ManagementClusterError } from "./management-client";

/**
 * Makes Cluster API apply revisions to clusters again: it strikes each out of the record of what was applied to its
 * cluster, and touches the resource sets, for nobody looks at the record alone. Returns before they are applied.
 * @param revisions By cluster. A revision's sets are touched once for all its clusters: each touch has Cluster API go
 * through every cluster that they select.
 * @param now Becomes an annotation of the resource sets.
 * @throws ManagementClusterError where these credentials may not correct the record.
 */
export async function restoreBases(
  kubeconfig: KubeConfig,
  namespace: string,
  revisions: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  await strikeOut(kubeconfig, namespace, (cluster, set) => {
    const revision = revisions.get(cluster);
    return revision !== undefined && partsOf(revision).includes(set);
  });
  for (const revision of new Set(revisions.values())) {
    for (const name of partsOf(revision)) await touch(kubeconfig, { namespace, name }, revision, now);
  }
}

async function touch(
  kubeconfig: KubeConfig,
  set: { readonly namespace: string; readonly name: string },
  revision: string,
  now: Date,
): Promise<void> {
  const body = { metadata: { annotations: { [RESTORED]: now.toISOString() } } };
  try {
    await kubeconfig
      .makeApiClient(CustomObjectsApi)
      .patchNamespacedCustomObject(
        { ...RESOURCE_SETS, ...set, body },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 404)) throw error;
    throw new ManagementClusterError(
      `There is no ClusterResourceSet ${set.name} in namespace ${set.namespace}, so Cluster API cannot apply ${revision} ` +
        "again. Run pulumi up --refresh on the environment's stack, which declares it.",
      { cause: error },
    );
  }
}
