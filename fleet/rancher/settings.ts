import { type ManagementSize } from "../management/sizes";

/** Where the certificate of Rancher's own address comes from. */
export const TlsSource = {
  /** A certificate authority of Rancher's own, through cert-manager: browsers warn, clusters trust it. */
  Rancher: "rancher",
  /** Let's Encrypt, through cert-manager; it asks for the host name from the internet, on port 80. */
  LetsEncrypt: "letsEncrypt",
  /** A Secret with your certificate. */
  Secret: "secret",
  /** A proxy of yours in front ends TLS and says so in `X-Forwarded-Proto`. */
  External: "external",
} as const;
export type TlsSource = (typeof TlsSource)[keyof typeof TlsSource];

/** Names that Rancher and its chart expect; none of them can be chosen. */
export const RANCHER_NAMESPACE = "cattle-system";
export const RANCHER_RELEASE = "rancher";
export const BOOTSTRAP_SECRET = "bootstrap-secret";
export const CA_SECRET = "tls-ca";
/** The chart's default name of the Secret with the certificate. */
export const TLS_SECRET = "tls-rancher-ingress";

/**
 * Priority of Rancher's pods and of the way to them. Not the `rancher-critical` that the chart makes: that one goes with
 * the release, before the pods of the chart's clean-up that ask for it (rancher/rancher#40935).
 */
export const PRIORITY_CLASS = "cluster-fleet-rancher";
/** The highest that Kubernetes leaves to its users. */
export const PRIORITY = 1_000_000_000;

/** One replica a zone, and a management cluster has three. */
export const MAX_REPLICAS = 3;

/** Rancher as it is to be: every default set. */
export interface RancherSettings {
  readonly hostname: string;
  readonly replicas: number;
  readonly tlsSource: TlsSource;
  readonly letsEncryptEmail?: string;
  /** The certificate is signed by an authority that only you know. */
  readonly privateCa: boolean;
  readonly tlsSecretName: string;
  readonly ingressClass: string;
  readonly installIngress: boolean;
  readonly internalLoadBalancer: boolean;
  /** We make the host name a name of the load balancer. */
  readonly dnsRecord: boolean;
  /** 0: who did what; 1 to 3 add headers and bodies. */
  readonly auditLogLevel: number;
  readonly extraEnv: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, boolean>>;
  readonly resources: RancherResources;
}

/** What each replica asks for, in Kubernetes' quantities. */
export interface RancherResources {
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
}

/**
 * A quarter of a node of the size is kept for a replica, and memory grows to half of it: Cluster API's controllers share
 * the nodes. Derived from Rancher 2.15, installation requirements: nodes of 4 CPUs and 16 GB to 150 clusters, 8 and 32 to
 * 300. No limit on CPU: a throttled Rancher misses its leases.
 */
export const RANCHER_RESOURCES: Readonly<Record<ManagementSize, RancherResources>> = {
  small: { cpuRequest: "1", memoryRequest: "4Gi", memoryLimit: "8Gi" },
  medium: { cpuRequest: "1", memoryRequest: "4Gi", memoryLimit: "8Gi" },
  large: { cpuRequest: "2", memoryRequest: "8Gi", memoryLimit: "16Gi" },
};

/** Defaults of everything but the host name. */
export const RANCHER_DEFAULTS = {
  replicas: 3,
  tlsSource: TlsSource.Rancher,
  privateCa: false,
  tlsSecretName: TLS_SECRET,
  ingressClass: "traefik",
  installIngress: true,
  internalLoadBalancer: false,
  dnsRecord: false,
  auditLogLevel: 0,
  extraEnv: {},
  features: {},
  resources: RANCHER_RESOURCES.small,
} as const satisfies Omit<RancherSettings, "hostname">;

/** Whether cert-manager has to be there before Rancher. */
export function needsCertManager(tlsSource: TlsSource): boolean {
  return tlsSource === TlsSource.Rancher || tlsSource === TlsSource.LetsEncrypt;
}

/** How many replicas a drain leaves running: all but one, and of a single one none, for a drain must end. */
export function minAvailable(replicas: number): number {
  return Math.max(replicas - 1, 0);
}
