import { type SizePreset } from "../management/sizes";
import { type ProviderRole } from "./providers";

/** Flags of controllers by provider, without dashes. */
export type ControllerFlags = Readonly<Partial<Record<ProviderRole, Readonly<Record<string, string>>>>>;

/**
 * What a size of management cluster means for each controller. CAPA has no limit of its own towards the API server;
 * towards AWS it limits itself to 20 reads and 5 writes a second for each service and cluster.
 *
 * Sources: `main.go` of Cluster API 1.13.4 (core, kubeadm), CAPA 2.13.0, CAAPH 0.6.4.
 */
export function controllerFlags({ apiQps, apiBurst, concurrency }: SizePreset): ControllerFlags {
  const api = { "kube-api-qps": String(apiQps), "kube-api-burst": String(apiBurst) };
  const atATime = (...objects: readonly string[]) =>
    Object.fromEntries(objects.map((object) => [`${object}-concurrency`, String(concurrency)]));
  return {
    core: {
      ...api,
      ...atATime("cluster", "clustertopology", "machine", "machinedeployment", "machinepool", "machineset"),
    },
    bootstrap: { ...api, ...atATime("kubeadmconfig") },
    controlPlane: { ...api, ...atATime("kubeadmcontrolplane") },
    infrastructure: atATime("awscluster", "awsmachine"),
    addon: { ...api, ...atATime("helm-chart-proxy", "helm-release-proxy") },
  };
}
