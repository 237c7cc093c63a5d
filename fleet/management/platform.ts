import { type ChartName } from "../charts/catalogue";
import { chartFor, type ChosenChart } from "../charts/overrides";
import { ClusterApiInstaller } from "../cluster-api/installer";
import { type EksManagementConfig } from "../config/schema/management";
import { needsCertManager } from "../rancher/settings";
import { KUBECTL_IMAGE } from "../versions";
import { clusterApiSettings } from "./cluster-api-settings";
import { rancherSettings } from "./rancher-settings";
import { managementSettings } from "./settings";

const CERT_MANAGER = "cert-manager";

/**
 * All that a management cluster of kind eks is made of, as its component takes it.
 * @param config Checked.
 * @param own The stack's own environment, where it declares clusters itself.
 */
export function platformSettings(config: EksManagementConfig, own: string | undefined) {
  const clusterApi = clusterApiSettings(config);
  const rancher = rancherArgs(config);
  const operator = clusterApi.installer === ClusterApiInstaller.Operator;
  return {
    // Stated here for the policies, which judge releases together before the first child.
    kubernetesVersion: config.version,
    clusterApiInstaller: clusterApi.installer,
    clusterApiVersion: clusterApi.coreVersion,
    capaVersion: clusterApi.capaVersion,
    ...(rancher === undefined ? {} : { rancherVersion: rancher.version, rancher }),
    cluster: managementSettings(config, own),
    clusterApi: {
      ...clusterApi,
      managementName: config.name,
      ...(rancher === undefined ? {} : { rancherVersion: rancher.version, waitImage: KUBECTL_IMAGE }),
      charts: operator ? chosen(config, "cluster-api-operator", CERT_MANAGER) : {},
      needsCertManager: operator,
      protectProviders: config.protect,
    },
  };
}

export type PlatformSettings = ReturnType<typeof platformSettings>;

function rancherArgs(config: EksManagementConfig) {
  const settings = rancherSettings(config);
  if (settings === undefined) return undefined;
  const { resources, dnsRecord: _dnsRecord, ...rest } = settings;
  const charts: ChartName[] = [
    "rancher",
    ...(settings.installIngress ? (["traefik"] as const) : []),
    ...(needsCertManager(settings.tlsSource) ? ([CERT_MANAGER] as const) : []),
  ];
  return {
    ...rest,
    extraEnv: { ...rest.extraEnv },
    features: { ...rest.features },
    ...resources,
    charts: chosen(config, ...charts),
    protectRancher: config.protect,
  };
}

function chosen({ charts }: EksManagementConfig, ...names: ChartName[]): Record<string, ChosenChart> {
  return Object.fromEntries(names.map((name) => [name, chartFor(name, charts[name])]));
}
