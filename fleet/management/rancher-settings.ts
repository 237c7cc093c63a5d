import { type EksManagementConfig } from "../config/schema/management";
import { RANCHER_RESOURCES, type RancherSettings } from "../rancher/settings";

/** Rancher as it is to be on a management cluster of kind eks. */
export interface ManagedRancher extends RancherSettings {
  /** With a v. */
  readonly version: string;
  /** Id of the Route 53 zone in which the host name becomes the load balancer's. */
  readonly route53ZoneId?: string;
}

/** @returns undefined where there is to be no Rancher. */
export function rancherSettings({ rancher, size }: EksManagementConfig): ManagedRancher | undefined {
  if (rancher === false) return undefined;
  const { hostname, version, replicas, tls, ingress, dnsZone, auditLogLevel, extraEnv, features } = rancher;
  return {
    hostname,
    version,
    replicas,
    tlsSource: tls.source,
    ...(tls.email === undefined ? {} : { letsEncryptEmail: tls.email }),
    privateCa: tls.privateCa,
    tlsSecretName: tls.secretName,
    ingressClass: ingress.class,
    installIngress: ingress.install,
    internalLoadBalancer: ingress.internal,
    dnsRecord: dnsZone !== undefined,
    ...(dnsZone === undefined ? {} : { route53ZoneId: dnsZone }),
    auditLogLevel,
    extraEnv,
    features,
    resources: RANCHER_RESOURCES[size],
  };
}
