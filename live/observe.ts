import { ApiException } from "@kubernetes/client-node";

import { type Observed } from "../fleet/observed";
import { connect, listAll, ManagementClusterError, type KubeconfigSource, type LiveObject } from "./management-client";
import { observedClass, observedCluster } from "./observed-objects";

export interface ObserveOptions {
  readonly source: KubeconfigSource;
  /** Look at one namespace only; default: all. */
  readonly namespace?: string;
}

const CORE = { group: "cluster.x-k8s.io", version: "v1beta2" };

/**
 * Looks once at what runs on a management cluster: every Cluster and ClusterClass.
 * @throws ManagementClusterError when it does not answer, or when Cluster API is not installed there.
 */
export async function observe({ source, namespace }: ObserveOptions): Promise<Observed> {
  const kubeconfig = await connect(source);
  const list = (plural: string): Promise<LiveObject[]> => listAll(kubeconfig, { ...CORE, plural }, namespace);
  try {
    const [clusters, classes] = await Promise.all([list("clusters"), list("clusterclasses")]);
    return { clusters: clusters.map(observedCluster), classes: classes.map(observedClass) };
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) {
      throw new ManagementClusterError(
        `The management cluster at ${kubeconfig.getCurrentCluster()?.server} does not serve cluster.x-k8s.io/v1beta2. ` +
          "Install Cluster API 1.11 or later on it, or point management at the right cluster.",
        { cause: error },
      );
    }
    throw error;
  }
}
