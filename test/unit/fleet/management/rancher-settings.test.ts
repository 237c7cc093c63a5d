import assert from "node:assert/strict";

import { rancherSettings } from "../../../../fleet/management/rancher-settings";
import { RANCHER_DEFAULTS, RANCHER_RESOURCES } from "../../../../fleet/rancher/settings";
import { eksConfig } from "./fixtures";

describe("settings of Rancher on a management cluster", () => {
  it("are none where there is to be no Rancher", () => {
    assert.equal(rancherSettings(eksConfig()), undefined);
    assert.equal(rancherSettings(eksConfig({ rancher: false })), undefined);
  });

  it("are Rancher's defaults where the stack file says only host name and version", () => {
    const rancher = { hostname: "rancher.example.com", version: "v2.15.0" };
    assert.deepEqual(rancherSettings(eksConfig({ rancher })), { ...RANCHER_DEFAULTS, ...rancher });
  });

  it("are what the stack file says, and as large as the management cluster", () => {
    const settings = rancherSettings(
      eksConfig({
        size: "large",
        rancher: {
          hostname: "rancher.example.com",
          version: "v2.15.0",
          replicas: 2,
          tls: { source: "letsEncrypt", email: "platform@example.com", secretName: "certificate" },
          ingress: { class: "edge", internal: true },
          dnsZone: "Z0123456789ABCDEFGHIJ",
          auditLogLevel: 2,
          extraEnv: { CATTLE_PROMETHEUS_METRICS: "true" },
          features: { harvester: false },
        },
      }),
    );
    assert.deepEqual(settings, {
      hostname: "rancher.example.com",
      version: "v2.15.0",
      replicas: 2,
      tlsSource: "letsEncrypt",
      letsEncryptEmail: "platform@example.com",
      privateCa: false,
      tlsSecretName: "certificate",
      ingressClass: "edge",
      installIngress: true,
      internalLoadBalancer: true,
      dnsRecord: true,
      route53ZoneId: "Z0123456789ABCDEFGHIJ",
      auditLogLevel: 2,
      extraEnv: { CATTLE_PROMETHEUS_METRICS: "true" },
      features: { harvester: false },
      resources: RANCHER_RESOURCES.large,
    });
  });
});
