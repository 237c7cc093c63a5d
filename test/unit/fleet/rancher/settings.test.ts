import assert from "node:assert/strict";
import fc from "fast-check";

import { describePartProblems } from "../../../../fleet/management/problem";
import {
  minAvailable,
  needsCertManager,
  RANCHER_RESOURCES,
  type RancherSettings,
  TlsSource,
} from "../../../../fleet/rancher/settings";
import { rancherProblems } from "../../../../fleet/rancher/settings-rules";
import { SIZES } from "../../../../fleet/management/sizes";
import { lines, settings } from "./fixtures";

const EXTERNAL = { tlsSource: TlsSource.External, installIngress: false };

describe("Rancher's settings", () => {
  it("are right by default, and for every source of the certificate with what it needs", () => {
    for (const changes of [
      {},
      { tlsSource: TlsSource.LetsEncrypt, letsEncryptEmail: "platform@example.com" },
      { tlsSource: TlsSource.Secret },
      { tlsSource: TlsSource.Secret, privateCa: true },
      { ...EXTERNAL, privateCa: true },
      { internalLoadBalancer: true, dnsRecord: true },
      { tlsSource: TlsSource.LetsEncrypt, letsEncryptEmail: "a@example.com", installIngress: false },
    ]) {
      assert.deepEqual(lines(rancherProblems(settings(changes))), [], JSON.stringify(changes));
    }
  });

  const cases: [string, Partial<RancherSettings>, string][] = [
    [
      "more replicas than zones",
      { replicas: 4 },
      "rancher.replicas: is not a number from 1 to 3: each replica has a zone of its own (got 4). Write 3.",
    ],
    [
      "no replicas",
      { replicas: 0 },
      "rancher.replicas: is not a number from 1 to 3: each replica has a zone of its own (got 0). Write 3.",
    ],
    [
      "half a replica",
      { replicas: 1.5 },
      "rancher.replicas: is not a number from 1 to 3: each replica has a zone of its own (got 1.5). Write 3.",
    ],
    [
      "Let's Encrypt without a mailbox",
      { tlsSource: TlsSource.LetsEncrypt },
      "rancher.tls.email: is missing, and Let's Encrypt writes to it before a certificate expires. " +
        "Name a mailbox that somebody reads.",
    ],
    [
      "Let's Encrypt behind an internal load balancer",
      { tlsSource: TlsSource.LetsEncrypt, letsEncryptEmail: "a@example.com", internalLoadBalancer: true },
      "rancher.tls.source: asks Let's Encrypt for a certificate, which cannot reach an internal load balancer " +
        '(got "letsEncrypt"). Use rancher or secret, or an internet-facing load balancer.',
    ],
    [
      "a mailbox that nobody writes to",
      { letsEncryptEmail: "a@example.com" },
      "rancher.tls.email: is used by Let's Encrypt alone, which is not the source " +
        '(got "a@example.com"). Remove it, or write source: letsEncrypt.',
    ],
    [
      "an authority of one's own beside Rancher's",
      { privateCa: true },
      "rancher.tls.privateCa: names an authority of your own, but the certificate comes from rancher " +
        "(got true). Remove it, or write source: secret.",
    ],
    [
      "TLS that ends before a load balancer which tells nobody",
      { tlsSource: TlsSource.External },
      "rancher.ingress.install: installs an ingress that does not believe your proxy's X-Forwarded-Proto: Rancher would " +
        "redirect for ever (got true). Write false and name the class of the ingress behind your proxy, or choose " +
        "another tls.source.",
    ],
    [
      "a zone without a load balancer to name",
      { dnsRecord: true, installIngress: false },
      "rancher.dnsZone: names a zone, but there is no load balancer of ours to name in it. " +
        "Remove it and name your load balancer yourself, or let ingress.install be true.",
    ],
    [
      "a level that the audit log does not have",
      { auditLogLevel: 4 },
      "rancher.auditLogLevel: is not a level of Rancher's audit log (got 4). " +
        "Write 0 (who did what), 1, 2 or 3 (with both bodies).",
    ],
    [
      "the password in clear, which is not repeated",
      { extraEnv: { CATTLE_BOOTSTRAP_PASSWORD: "hunter2" } },
      "rancher.extraEnv.CATTLE_BOOTSTRAP_PASSWORD: is set by this package. " +
        "Remove it: the password is a Secret of its own, never a value of the chart.",
    ],
    [
      "another address",
      { extraEnv: { CATTLE_SERVER_URL: "https://elsewhere.example.com" } },
      "rancher.extraEnv.CATTLE_SERVER_URL: is set by this package. Remove it: it follows rancher.hostname.",
    ],
    [
      "a Rancher without Turtles",
      { features: { turtles: false } },
      "rancher.features.turtles: takes away what installs Cluster API; Rancher takes no other instead (got false). " +
        "Remove it, or write rancher: false to have Cluster API without Rancher.",
    ],
  ];
  for (const [name, changes, message] of cases) {
    it(`are refused with ${name}`, () => {
      assert.deepEqual(lines(rancherProblems(settings(changes))), [message]);
    });
  }

  it("are refused with all that is wrong, numbered", () => {
    const problems = rancherProblems(settings({ replicas: 5, auditLogLevel: 9, features: { turtles: false } }));
    assert.deepEqual(
      describePartProblems(problems)
        .split("\n")
        .map((line) => line.replace(/:.*/, "")),
      ["  1. rancher.replicas", "  2. rancher.auditLogLevel", "  3. rancher.features.turtles"],
    );
  });
});

describe("cert-manager", () => {
  it("is needed where Rancher or Let's Encrypt makes the certificate, and nowhere else", () => {
    assert.deepEqual(Object.values(TlsSource).filter(needsCertManager), ["rancher", "letsEncrypt"]);
  });
});

describe("the disruption budget", () => {
  it("keeps all replicas but one", () => {
    assert.deepEqual([1, 2, 3].map(minAvailable), [0, 1, 2]);
  });

  it("always lets a drain take one, whatever the number of replicas", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), (replicas) => replicas - minAvailable(replicas) === 1));
  });
});

describe("Rancher's resources", () => {
  it("are told for every size of management cluster and grow with it", () => {
    assert.deepEqual(Object.keys(RANCHER_RESOURCES), Object.keys(SIZES));
    const memory = Object.values(RANCHER_RESOURCES).map(({ memoryRequest }) => parseInt(memoryRequest));
    assert.deepEqual(
      memory,
      [...memory].sort((a, b) => a - b),
    );
  });
});
