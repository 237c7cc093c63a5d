import { Record as DnsRecord } from "@pulumi/aws/route53";
import { Service } from "@pulumi/kubernetes/core/v1";
import { type Release } from "@pulumi/kubernetes/helm/v3";
import { type core } from "@pulumi/kubernetes/types/output";
import * as pulumi from "@pulumi/pulumi";

/** Rancher's host name, as another name of the load balancer's. */
export function nameLoadBalancer(
  name: string,
  hostname: string,
  zoneId: pulumi.Input<string>,
  traefik: Release,
  parent: pulumi.Resource,
): DnsRecord {
  // The id comes from what the release reports: nothing is read before Traefik is there.
  const service = Service.get(
    `${name}-traefik-service`,
    pulumi.interpolate`${traefik.status.namespace}/${traefik.status.name}`,
    { parent },
  );
  return new DnsRecord(
    `${name}-dns`,
    { zoneId, name: hostname, type: "CNAME", ttl: 300, records: [service.status.apply(loadBalancerName)] },
    { parent },
  );
}

/**
 * The name that AWS has given the load balancer of a Service.
 * @throws RunError where it has none yet.
 */
export function loadBalancerName(status: core.v1.ServiceStatus | undefined): string {
  const name = status?.loadBalancer?.ingress?.[0]?.hostname;
  if (name === undefined) {
    throw new pulumi.RunError(
      "rancher.dnsZone: AWS has given the load balancer of traefik/traefik no name yet. See why with kubectl --namespace " +
        "traefik describe service traefik (the AWS Load Balancer Controller must run), then run pulumi up again.",
    );
  }
  return name;
}
