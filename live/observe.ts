import { ApiException } from "@kubernetes/client-node";

import { type Observed } from "../fleet/observed";
import {
  connect,
  ifServed,
  type KubeconfigSource,
  listAll,
  type LiveObject,
  ManagementClusterError,
} from "./management-client";
import { observedAddOns } from "./add-ons";
import { observedBases } from "./applied-bases";
import { APPLIED_RECORDS } from "./kinds";
import { observedClass, observedCluster } from "./observed-objects";
import { observedNodeGroups } from "./node-groups";
import { unfinishedRollouts } from "./unfinished-rollouts";

export interface ObserveOptions {
  readonly source: KubeconfigSource;
  /** Look at one namespace only; default: all. */
  readonly namespace?: string;
}

const CORE = { group: "cluster.x-k8s.io", version: "v1beta2" };
const ADD_ONS = { group: "addons.cluster.x-k8s.io", version: "v1alpha1" };
const KUBEADM = { group: "controlplane.cluster.x-k8s.io", version: "v1beta2" };

/**
 * Looks once at what runs on a management cluster: every Cluster and ClusterClass, what makes the machines, the add-ons,
 * and Cluster API's notes of what base configuration it has applied.
 * @throws ManagementClusterError when it does not answer, or when Cluster API is not installed there.
 */
export async function observe({ source, namespace }: ObserveOptions): Promise<Observed> {
  const kubeconfig = await connect(source);
  const list = (plural: string): Promise<LiveObject[]> => listAll(kubeconfig, { ...CORE, plural }, namespace);
  try {
    // Clusters first: what is read of their machines afterwards is at least as new as what is read of them.
    const [clusters, classes] = await Promise.all([list("clusters"), list("clusterclasses")]);
    const [controlPlanes, proxies, records, machineDeployments, machineSets, machinePools] = await Promise.all([
      ifServed(listAll(kubeconfig, { ...KUBEADM, plural: "kubeadmcontrolplanes" }, namespace)),
      ifServed(listAll(kubeconfig, { ...ADD_ONS, plural: "helmchartproxies" }, namespace)),
      ifServed(listAll(kubeconfig, APPLIED_RECORDS, namespace)),
      list("machinedeployments"),
      list("machinesets"),
      list("machinepools"),
    ]);
    const unfinished = unfinishedRollouts({ controlPlanes, machineDeployments, machineSets });
    const nodeGroups = observedNodeGroups(machinePools);
    const bases = observedBases(records);
    const of = <T>(map: ReadonlyMap<string, T>, { metadata }: LiveObject) =>
      map.get(`${metadata.namespace}/${metadata.name}`);
    return {
      clusters: clusters.map((each) => {
        const [groups, applied] = [of(nodeGroups, each), of(bases, each)];
        return {
          ...observedCluster(each, of(unfinished, each)),
          ...(groups === undefined ? {} : { nodeGroups: groups }),
          ...(applied === undefined ? {} : { bases: applied }),
        };
      }),
      classes: classes.map(observedClass),
      ...(proxies.length === 0 ? {} : { addOns: observedAddOns(proxies) }),
    };
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) {
      throw new ManagementClusterError(
        `The management cluster at ${kubeconfig.getCurrentCluster()?.server} does not serve cluster.x-k8s.io/v1beta2. ` +
          "Install Cluster API 1.11 or later on it, or point management at the right cluster.",
        { cause: error },
      );
    }
    if (error instanceof ApiException && error.code === 403) {
      const { message } = statusOf(error);
      throw new ManagementClusterError(
        `These credentials may not look at what lives on the management cluster (${message}). Nothing was changed. ` +
          "Have a Role grant list on clusters, clusterclasses, machinedeployments, machinesets and machinepools of " +
          "cluster.x-k8s.io, " +
          "on kubeadmcontrolplanes of controlplane.cluster.x-k8s.io, " +
          "and on helmchartproxies and clusterresourcesetbindings of addons.cluster.x-k8s.io; `npm run fleet -- doctor` checks them.",
        { cause: error },
      );
    }
    throw error;
  }
}

/** What the API server said; the client hands its body on as text. */
function statusOf({ body }: ApiException<unknown>): { readonly message: string } {
  return { message: (JSON.parse(String(body)) as { message?: string }).message ?? "HTTP 403" };
}
