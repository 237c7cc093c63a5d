import assert from "node:assert/strict";
import fc from "fast-check";

import { certManagerValues } from "../../../../fleet/charts/cert-manager-values";
import { TlsSource } from "../../../../fleet/rancher/settings";
import { traefikValues } from "../../../../fleet/rancher/traefik-values";
import { rancherUrl, rancherValues } from "../../../../fleet/rancher/values";
import { settings } from "./fixtures";

describe("the values of Rancher's chart", () => {
  it("are exactly these by default", () => {
    assert.deepEqual(rancherValues(settings()), {
      hostname: "rancher.example.com",
      replicas: 3,
      antiAffinity: "required",
      topologyKey: "topology.kubernetes.io/zone",
      priorityClassName: "cluster-fleet-rancher",
      resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { memory: "8Gi" } },
      auditLog: { enabled: true, level: 0, destination: "sidecar" },
      tls: "ingress",
      privateCA: false,
      ingress: {
        enabled: true,
        ingressClassName: "traefik",
        tls: { source: "rancher", secretName: "tls-rancher-ingress" },
      },
      extraEnv: [
        { name: "CATTLE_SERVER_URL", value: "https://rancher.example.com" },
        { name: "CATTLE_FIRST_LOGIN", value: "false" },
      ],
    });
  });

  it("ask Let's Encrypt through the same ingress", () => {
    const { ingress, letsEncrypt } = rancherValues(
      settings({ tlsSource: TlsSource.LetsEncrypt, letsEncryptEmail: "platform@example.com", ingressClass: "edge" }),
    );
    assert.deepEqual(ingress.tls, { source: "letsEncrypt", secretName: "tls-rancher-ingress" });
    assert.deepEqual(letsEncrypt, {
      email: "platform@example.com",
      environment: "production",
      ingress: { class: "edge" },
    });
  });

  it("name the Secret with a certificate of one's own, and its authority", () => {
    const { ingress, privateCA, tls } = rancherValues(
      settings({ tlsSource: TlsSource.Secret, tlsSecretName: "from-vault", privateCa: true }),
    );
    assert.deepEqual(
      { tls, privateCA, source: ingress.tls },
      { tls: "ingress", privateCA: true, source: { source: "secret", secretName: "from-vault" } },
    );
  });

  it("leave TLS to a proxy in front", () => {
    const { ingress, tls } = rancherValues(settings({ tlsSource: TlsSource.External, ingressClass: "alb" }));
    assert.deepEqual({ tls, ingress }, { tls: "external", ingress: { enabled: true, ingressClassName: "alb" } });
  });

  it("hold the user's variables and features in the order of their names", () => {
    const { extraEnv, features } = rancherValues(
      settings({ extraEnv: { CATTLE_B: "2", CATTLE_A: "1" }, features: { scim: true, oidc: false } }),
    );
    assert.deepEqual(
      extraEnv.slice(2).map(({ name }) => name),
      ["CATTLE_A", "CATTLE_B"],
    );
    assert.equal(features, "oidc=false,scim=true");
  });

  it("do not depend on the order in which variables and features are written", () => {
    const entries = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Z]{1,4}$/), fc.boolean()), { selector: ([k]) => k });
    fc.assert(
      fc.property(entries, (features) => {
        const values = (order: typeof features) =>
          rancherValues(
            settings({
              features: Object.fromEntries(order),
              extraEnv: Object.fromEntries(order.map(([name, on]) => [name, String(on)])),
            }),
          );
        assert.deepEqual(values(features), values([...features].reverse()));
      }),
    );
  });

  it("hold the address that everybody is told", () => {
    assert.equal(rancherValues(settings()).extraEnv[0]?.value, rancherUrl(settings()));
  });
});

describe("the values of Traefik's chart", () => {
  it("are exactly these by default: a load balancer that the internet reaches, its targets the pods", () => {
    assert.deepEqual(traefikValues(settings()), {
      deployment: { replicas: 3 },
      podDisruptionBudget: { enabled: true, minAvailable: 2 },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
        },
      ],
      priorityClassName: "cluster-fleet-rancher",
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      ingressClass: { enabled: true, isDefaultClass: false, name: "traefik" },
      service: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-type": "external",
          "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
          "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
        },
        spec: { loadBalancerClass: "service.k8s.aws/nlb" },
      },
    });
  });

  it("keep the load balancer inside where that is asked for", () => {
    const { annotations } = traefikValues(settings({ internalLoadBalancer: true })).service;
    assert.equal(annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"], "internal");
  });

  it("give the class the name that Rancher's Ingress has", () => {
    const own = settings({ ingressClass: "edge" });
    assert.equal(traefikValues(own).ingressClass.name, rancherValues(own).ingress.ingressClassName);
  });
});

describe("the values of cert-manager's chart", () => {
  it("bring its kinds, keep them when it goes, and let no part be alone", () => {
    assert.deepEqual(certManagerValues(), {
      crds: { enabled: true, keep: true },
      replicaCount: 2,
      podDisruptionBudget: { enabled: true },
      webhook: { replicaCount: 3, podDisruptionBudget: { enabled: true } },
      cainjector: { replicaCount: 2, podDisruptionBudget: { enabled: true } },
    });
  });
});
