import { z } from "zod";

import { MAX_REPLICAS, RANCHER_DEFAULTS, TlsSource } from "../../rancher/settings";
import { says } from "../rules";
import { dnsZone, hostName } from "./aws";
import { count, release, text } from "./text";

const tls = z.strictObject({
  source: z
    .enum(TlsSource)
    .default(RANCHER_DEFAULTS.tlsSource)
    .describe("Who makes the certificate, see docs/rancher.md. A change gives Rancher another one."),
  email: z
    .email(says("email", "is not a mailbox", "Write it as platform@example.com"))
    .optional()
    .describe("Mailbox that Let's Encrypt writes to; needed with letsEncrypt."),
  privateCa: z
    .boolean()
    .default(RANCHER_DEFAULTS.privateCa)
    .describe("Only you know who signed the certificate (secret, external). A change reaches every cluster."),
  secretName: text
    .default(RANCHER_DEFAULTS.tlsSecretName)
    .describe("Secret with the certificate in cattle-system, which you make; with secret."),
});

const ingress = z.strictObject({
  class: text.default(RANCHER_DEFAULTS.ingressClass).describe("Class of Rancher's Ingress."),
  install: z
    .boolean()
    .default(RANCHER_DEFAULTS.installIngress)
    .describe("Install Traefik behind a network load balancer, which is billed."),
  internal: z
    .boolean()
    .default(RANCHER_DEFAULTS.internalLoadBalancer)
    .describe("The load balancer has no address on the internet. A change replaces it: minutes without Rancher."),
});

/** Rancher, on a management cluster that this stack builds. */
export const rancher = z.strictObject({
  hostname: hostName.describe("Host name of Rancher; every cluster's agent calls it: never change it."),
  version: release.describe("Version of Rancher and its chart, one minor up at a time, never down."),
  replicas: count
    .min(1, says("too-small", "runs no Rancher", `Write ${MAX_REPLICAS}, or rancher: false`))
    .max(MAX_REPLICAS, says("too-large", "is more than there are zones", `Write ${MAX_REPLICAS}`))
    .default(RANCHER_DEFAULTS.replicas)
    .describe("Copies of Rancher, each in a zone of its own."),
  tls: tls.prefault({}).describe("Rancher's certificate."),
  ingress: ingress.prefault({}).describe("How requests reach Rancher."),
  dnsZone: dnsZone
    .optional()
    .describe("Route 53 zone in which the host name becomes the load balancer's. Default: you make that name."),
  auditLogLevel: count
    .max(3, says("too-large", "is not a level of Rancher's audit log", "Write 0 (who did what), 1, 2 or 3"))
    .default(RANCHER_DEFAULTS.auditLogLevel)
    .describe("Who did what (0), with headers (1), with requests (2), with answers (3)."),
  extraEnv: z
    .record(text, text.describe("Value of the variable, text."))
    .default({})
    .describe("Environment variables of Rancher, settings that nobody can then edit; never a secret."),
  features: z
    .record(text, z.boolean().describe("On or off."))
    .default({})
    .describe("Rancher's feature flags to turn on or off."),
});

export type RancherConfig = z.output<typeof rancher>;
