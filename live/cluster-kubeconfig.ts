import { ApiException, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";

import { ManagementClusterError } from "./management-client";

export interface KubeconfigQuestion {
  readonly namespace: string;
  readonly cluster: string;
  /**
   * Take the kubeconfig for people where there is one: Cluster API's AWS provider writes a second Secret for an EKS
   * cluster, which calls the `aws` command, because the token in the first one expires after a quarter of an hour.
   */
  readonly forPeople: boolean;
}

/**
 * A workload cluster's kubeconfig, from the Secret that Cluster API writes.
 * @returns YAML; undefined where the Secret is not there yet.
 * @throws ManagementClusterError where these credentials may not read it.
 */
export async function clusterKubeconfig(
  kubeconfig: KubeConfig,
  { namespace, cluster, forPeople }: KubeconfigQuestion,
): Promise<string | undefined> {
  const names = [...(forPeople ? [`${cluster}-user-kubeconfig`] : []), `${cluster}-kubeconfig`];
  for (const name of names) {
    const value = await secretValue(kubeconfig, namespace, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

async function secretValue(kubeconfig: KubeConfig, namespace: string, name: string): Promise<string | undefined> {
  try {
    const { data } = await kubeconfig.makeApiClient(CoreV1Api).readNamespacedSecret({ namespace, name });
    const value = data?.["value"] ?? "";
    return value === "" ? undefined : Buffer.from(value, "base64").toString("utf8");
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    if (error.code === 404) return undefined;
    if (error.code !== 403) throw error;
    throw new ManagementClusterError(
      `These credentials may not read Secret ${name} in namespace ${namespace}. ` +
        "Ask for get on secrets there, or for the kubeconfig itself.",
      { cause: error },
    );
  }
}
