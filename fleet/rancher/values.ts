import { PRIORITY_CLASS, type RancherSettings, TlsSource } from "./settings";
import { sortedEntries } from "../sorted";

/**
 * What we set of the chart `rancher`; everything else keeps the chart's default.
 * Source: rancher/rancher v2.15.0, chart/values.yaml and chart/templates.
 */
export interface RancherValues {
  readonly hostname: string;
  readonly replicas: number;
  readonly antiAffinity: "required";
  readonly topologyKey: string;
  readonly priorityClassName: string;
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly memory: string };
  };
  readonly auditLog: { readonly enabled: true; readonly level: number; readonly destination: "sidecar" };
  readonly tls: "ingress" | "external";
  readonly privateCA: boolean;
  readonly ingress: {
    readonly enabled: true;
    readonly ingressClassName: string;
    readonly tls?: { readonly source: string; readonly secretName: string };
  };
  readonly letsEncrypt?: {
    readonly email: string | undefined;
    readonly environment: "production";
    readonly ingress: { readonly class: string };
  };
  readonly extraEnv: readonly { readonly name: string; readonly value: string }[];
  /** `a=true,b=false`; absent where every feature has Rancher's default. */
  readonly features?: string;
}

/** The chart's values for settings; they hold no secret. */
export function rancherValues(settings: RancherSettings): RancherValues {
  const { hostname, replicas, auditLogLevel, privateCa, tlsSource } = settings;
  return {
    hostname,
    replicas,
    antiAffinity: "required",
    topologyKey: "topology.kubernetes.io/zone",
    priorityClassName: PRIORITY_CLASS,
    resources: resources(settings),
    auditLog: { enabled: true, level: auditLogLevel, destination: "sidecar" },
    tls: tlsSource === TlsSource.External ? "external" : "ingress",
    privateCA: privateCa,
    ingress: ingress(settings),
    ...letsEncrypt(settings),
    extraEnv: environment(settings),
    ...features(settings),
  };
}

/** The address under which browsers, commands and the clusters' agents reach Rancher. */
export function rancherUrl({ hostname }: Pick<RancherSettings, "hostname">): string {
  return `https://${hostname}`;
}

function resources({ resources: { cpuRequest, memoryRequest, memoryLimit } }: RancherSettings) {
  return { requests: { cpu: cpuRequest, memory: memoryRequest }, limits: { memory: memoryLimit } };
}

function ingress({ ingressClass, tlsSource, tlsSecretName }: RancherSettings): RancherValues["ingress"] {
  const common = { enabled: true, ingressClassName: ingressClass } as const;
  return tlsSource === TlsSource.External
    ? common
    : { ...common, tls: { source: tlsSource, secretName: tlsSecretName } };
}

function letsEncrypt({ tlsSource, letsEncryptEmail, ingressClass }: RancherSettings) {
  return tlsSource === TlsSource.LetsEncrypt
    ? {
        letsEncrypt: { email: letsEncryptEmail, environment: "production", ingress: { class: ingressClass } } as const,
      }
    : {};
}

/**
 * Rancher takes any of its settings from the environment and lets nobody change it elsewhere. Without a server URL, which
 * the chart does not set, clusters get no import command.
 */
function environment(settings: RancherSettings) {
  const own = { CATTLE_SERVER_URL: rancherUrl(settings), CATTLE_FIRST_LOGIN: "false" };
  const users = sortedEntries(settings.extraEnv);
  return [...Object.entries(own), ...users].map(([name, value]) => ({ name, value }));
}

function features(settings: RancherSettings) {
  const switched = Object.entries(settings.features)
    .map(([name, on]) => `${name}=${on}`)
    .sort();
  return switched.length === 0 ? {} : { features: switched.join(",") };
}
