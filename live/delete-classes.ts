import { ApiException, KubernetesObjectApi, type KubeConfig } from "@kubernetes/client-node";

import { type PrunePlan } from "../fleet/prune";

/** Of every kind that a class revision is made of, other than those of infrastructure. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  AWSManagedControlPlaneTemplate: "controlplane.cluster.x-k8s.io/v1beta2",
  ClusterClass: "cluster.x-k8s.io/v1beta2",
  KubeadmConfigTemplate: "bootstrap.cluster.x-k8s.io/v1beta2",
  KubeadmControlPlaneTemplate: "controlplane.cluster.x-k8s.io/v1beta2",
  NodeadmConfigTemplate: "bootstrap.cluster.x-k8s.io/v1beta2",
};
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";

/**
 * Deletes what a prune plan lists: the classes first, then their templates. An object that is gone already is done;
 * Cluster API itself refuses to delete a class that a cluster uses.
 */
export async function deleteClasses(kubeconfig: KubeConfig, namespace: string, plan: PrunePlan): Promise<void> {
  const api = kubeconfig.makeApiClient(KubernetesObjectApi);
  const objects = [...plan.classes.map(({ name }) => `ClusterClass/${name}`), ...plan.templates];
  for (const object of objects) {
    const [kind = "", name = ""] = object.split("/");
    try {
      await api.delete({ apiVersion: apiVersionOf(kind), kind, metadata: { name, namespace } });
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 404)) {
        throw error;
      }
    }
  }
}

export function apiVersionOf(kind: string): string {
  return API_VERSIONS[kind] ?? INFRASTRUCTURE;
}
