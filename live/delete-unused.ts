import { ApiException, KubernetesObjectApi, type KubeConfig } from "@kubernetes/client-node";

import { type PrunePlan } from "../fleet/prune";
import { forgetLeftBases } from "./applied-record";

/** Of every kind that a revision is made of, other than those of infrastructure. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  AWSManagedControlPlaneTemplate: "controlplane.cluster.x-k8s.io/v1beta2",
  ClusterClass: "cluster.x-k8s.io/v1beta2",
  ClusterResourceSet: "addons.cluster.x-k8s.io/v1beta2",
  ConfigMap: "v1",
  KubeadmConfigTemplate: "bootstrap.cluster.x-k8s.io/v1beta2",
  KubeadmControlPlaneTemplate: "controlplane.cluster.x-k8s.io/v1beta2",
  NodeadmConfigTemplate: "bootstrap.cluster.x-k8s.io/v1beta2",
};
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";

/** All that a prune plan lists, as `Kind/name`, in the order in which it goes. */
export function prunedObjects({ classes, templates, baseObjects }: PrunePlan): string[] {
  return [...classes.map(({ name }) => `ClusterClass/${name}`), ...templates, ...baseObjects];
}

/**
 * Deletes what a prune plan lists. An object that is gone already is done. Cluster API itself refuses to delete a class
 * that a cluster uses; of a resource set it deletes nothing that the set applied to clusters.
 *
 * Source: Cluster API 1.13.4, `internal/controllers/clusterresourceset`: the controller of a set that goes touches its own
 * record alone, and only for clusters that the set still selects; so it is struck out here for those that left it.
 */
export async function deleteUnused(kubeconfig: KubeConfig, namespace: string, plan: PrunePlan): Promise<void> {
  const api = kubeconfig.makeApiClient(KubernetesObjectApi);
  for (const object of prunedObjects(plan)) {
    const [kind = "", name = ""] = object.split("/");
    try {
      await api.delete({ apiVersion: apiVersionOf(kind), kind, metadata: { name, namespace } });
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 404)) {
        throw error;
      }
    }
  }
  if (plan.bases.length > 0) await forgetLeftBases(kubeconfig, namespace);
}

export function apiVersionOf(kind: string): string {
  return API_VERSIONS[kind] ?? INFRASTRUCTURE;
}
