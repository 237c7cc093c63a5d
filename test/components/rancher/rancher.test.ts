import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import { type RancherArgs } from "../../../components/rancher/rancher";
import { TlsSource } from "../../../fleet/rancher/settings";
import { rancherValues } from "../../../fleet/rancher/values";
import { settings } from "../../unit/fleet/rancher/fixtures";
import { type Registration, valueOf } from "../recorder";
import { LOAD_BALANCER, PASSWORD, recordRancher } from "./recorder";

const OWNED = {
  labels: { "app.kubernetes.io/managed-by": "cluster-fleet" },
  annotations: { "pulumi.com/patchFieldManager": "cluster-fleet" },
};
const CHARTS = {
  rancher: { chart: "rancher", repo: "https://charts.example.com/rancher", version: "2.14.4" },
  "cert-manager": { chart: "cert-manager", repo: "https://charts.example.com/certificates", version: "v1.20.0" },
  traefik: { chart: "traefik", repo: "https://charts.example.com/ingress", version: "41.0.0" },
};
/** How a mock shows that a value is secret. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const registrations = recordRancher();

describe("Rancher", () => {
  let options: Map<string, pulumi.CustomResourceOptions>;

  async function register(changes: Partial<RancherArgs> = {}, dependsOn: pulumi.Resource[] = []) {
    const module = await import("../../../components/rancher/rancher");
    registrations.length = 0;
    options = new Map();
    const rancher = new module.Rancher(
      "fleet-rancher",
      { hostname: "rancher.example.com", version: "v2.15.0", charts: CHARTS, ...changes },
      {
        dependsOn,
        transformations: [
          ({ name, opts }) => {
            options.set(name, opts);
            return undefined;
          },
        ],
      },
    );
    await valueOf(module.ready(rancher).urn);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return rancher;
  }

  const inputs = (name: string): Registration["inputs"] => {
    const found = registrations.find((each) => each.name === name);
    assert.ok(found, `${name} is not among ${registrations.map((each) => each.name).join(", ")}`);
    return found.inputs;
  };
  const kinds = () => registrations.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort();
  const position = (name: string) => registrations.findIndex((each) => each.name === name);

  describe("with an authority of its own and a name in Route 53", () => {
    let rancher: Awaited<ReturnType<typeof register>>;

    before(async () => {
      rancher = await register({ route53ZoneId: "Z0123456789" });
    });

    it("registers exactly these resources", () => {
      assert.deepEqual(
        kinds(),
        [
          "Rancher fleet-rancher",
          "PriorityClass fleet-rancher-priority",
          "Namespace fleet-rancher-cert-manager-namespace",
          "Release fleet-rancher-cert-manager",
          "Namespace fleet-rancher-traefik-namespace",
          "Release fleet-rancher-traefik",
          "Service fleet-rancher-traefik-service",
          "Record fleet-rancher-dns",
          "Namespace fleet-rancher-namespace",
          "RandomPassword fleet-rancher-bootstrap-password",
          "Secret fleet-rancher-bootstrap",
          "Release fleet-rancher-release",
          "PodDisruptionBudget fleet-rancher-disruption",
        ].sort(),
      );
    });

    it("installs Rancher's chart with its typed values, in the version that is declared", () => {
      const { name, namespace, chart, version, repositoryOpts, values } = inputs("fleet-rancher-release");
      assert.deepEqual(
        { name, namespace, chart, version, repositoryOpts, values },
        {
          name: "rancher",
          namespace: "cattle-system",
          chart: "rancher",
          version: "2.15.0",
          repositoryOpts: { repo: "https://charts.example.com/rancher" },
          values: rancherValues(settings({ dnsRecord: true })),
        },
      );
    });

    it("installs certificates, ingress, name and password before Rancher", () => {
      for (const before of ["priority", "cert-manager", "traefik", "dns", "bootstrap", "namespace"]) {
        assert.ok(position(`fleet-rancher-${before}`) < position("fleet-rancher-release"), before);
      }
    });

    it("brings a priority that outlives the release, and Rancher has it", () => {
      assert.deepEqual(inputs("fleet-rancher-priority"), {
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        metadata: { name: "cluster-fleet-rancher", ...OWNED },
        value: 1_000_000_000,
        globalDefault: false,
        description: "Rancher and the way to it.",
      });
      const { values } = inputs("fleet-rancher-release") as { values: { priorityClassName: string } };
      assert.equal(values.priorityClassName, "cluster-fleet-rancher");
    });

    it("lets a drain take one copy of three", () => {
      assert.deepEqual(inputs("fleet-rancher-disruption"), {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: "cluster-fleet-rancher", namespace: "cattle-system", ...OWNED },
        spec: {
          minAvailable: 2,
          unhealthyPodEvictionPolicy: "AlwaysAllow",
          selector: { matchLabels: { app: "rancher", release: "rancher" } },
        },
      });
    });

    it("makes the host name a name of the load balancer", () => {
      assert.deepEqual(inputs("fleet-rancher-dns"), {
        zoneId: "Z0123456789",
        name: "rancher.example.com",
        type: "CNAME",
        ttl: 300,
        records: [LOAD_BALANCER],
      });
    });

    it("shows the password to the bootstrap Secret alone, as a secret", () => {
      assert.deepEqual(inputs("fleet-rancher-bootstrap"), {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "bootstrap-secret", namespace: "cattle-system", ...OWNED },
        type: "Opaque",
        stringData: { ...SECRET, value: { bootstrapPassword: PASSWORD } },
      });
      const seen = registrations.filter((each) => JSON.stringify(each).includes(PASSWORD));
      assert.deepEqual(
        seen.map(({ name }) => name),
        ["fleet-rancher-bootstrap"],
      );
    });

    it("puts out where Rancher is and how to get the password, never the password", async () => {
      assert.equal(await valueOf(rancher.url), "https://rancher.example.com");
      assert.equal(await valueOf(rancher.version), "v2.15.0");
      assert.equal(
        await valueOf(rancher.howToGetBootstrapPassword),
        "kubectl --namespace cattle-system get secret bootstrap-secret --output " +
          `go-template='{{.data.bootstrapPassword | base64decode}}{{"\\n"}}'`,
      );
    });

    it("is protected, and keeps its namespace when it goes", () => {
      assert.equal(options.get("fleet-rancher-release")?.protect, true);
      const namespace = options.get("fleet-rancher-namespace");
      assert.deepEqual([namespace?.protect, namespace?.retainOnDelete], [true, true]);
    });

    it("leaves the Secret's labels to the chart, which makes it anew", () => {
      assert.deepEqual(options.get("fleet-rancher-bootstrap")?.ignoreChanges, [
        "metadata.labels",
        "metadata.annotations",
      ]);
    });
  });

  it("has no part that could outlive what Rancher depends on, such as the load balancer's controller", async () => {
    const controller = new pulumi.ComponentResource("test:index:Controller", "controller");
    await register({}, [controller]);
    for (const root of ["priority", "namespace", "cert-manager-namespace"]) {
      assert.deepEqual(options.get(`fleet-rancher-${root}`)?.dependsOn, [controller], root);
    }
    for (const follower of ["traefik-namespace", "traefik"]) {
      const [priority] = options.get(`fleet-rancher-${follower}`)?.dependsOn as pulumi.Resource[];
      assert.match(await valueOf(priority!.urn), /PriorityClass::fleet-rancher-priority$/);
    }
  });

  it("has no cert-manager where somebody else made it", async () => {
    await register({ certManagerInstalled: true });
    assert.deepEqual(
      kinds().filter((kind) => kind.includes("cert-manager")),
      [],
    );
  });

  it("asks Let's Encrypt through cert-manager", async () => {
    await register({ tlsSource: TlsSource.LetsEncrypt, letsEncryptEmail: "platform@example.com" });
    assert.ok(position("fleet-rancher-cert-manager") >= 0);
    const { values } = inputs("fleet-rancher-release") as { values: { letsEncrypt: unknown } };
    assert.deepEqual(values.letsEncrypt, {
      email: "platform@example.com",
      environment: "production",
      ingress: { class: "traefik" },
    });
  });

  it("has no cert-manager where the certificate is a Secret, and makes none that it was not given", async () => {
    await register({ tlsSource: TlsSource.Secret, charts: { rancher: CHARTS.rancher, traefik: CHARTS.traefik } });
    assert.deepEqual(
      kinds(),
      [
        "Rancher fleet-rancher",
        "PriorityClass fleet-rancher-priority",
        "Namespace fleet-rancher-traefik-namespace",
        "Release fleet-rancher-traefik",
        "Namespace fleet-rancher-namespace",
        "RandomPassword fleet-rancher-bootstrap-password",
        "Secret fleet-rancher-bootstrap",
        "Release fleet-rancher-release",
        "PodDisruptionBudget fleet-rancher-disruption",
      ].sort(),
    );
  });

  it("keeps a certificate of one's own, its key and its authority in Secrets, and the key nowhere in clear", async () => {
    await register({
      tlsSource: TlsSource.Secret,
      tlsSecretName: "own",
      tlsCertificatePem: "the certificate",
      tlsPrivateKeyPem: "the private key",
      privateCa: true,
      privateCaPem: "the authority",
    });
    const { metadata, type, stringData } = inputs("fleet-rancher-certificate");
    assert.deepEqual(
      { metadata, type, stringData },
      {
        metadata: { name: "own", namespace: "cattle-system", ...OWNED },
        type: "kubernetes.io/tls",
        stringData: { ...SECRET, value: { "tls.crt": "the certificate", "tls.key": "the private key" } },
      },
    );
    assert.deepEqual(inputs("fleet-rancher-private-ca")["stringData"], {
      ...SECRET,
      value: { "cacerts.pem": "the authority" },
    });
    assert.deepEqual(inputs("fleet-rancher")["tlsPrivateKeyPem"], { ...SECRET, value: "the private key" });
    assert.deepEqual(
      registrations.filter((each) => JSON.stringify(each).includes("the private key")).map(({ name }) => name),
      ["fleet-rancher", "fleet-rancher-certificate"],
    );
  });

  it("stands behind a proxy of one's own with neither cert-manager nor an ingress of ours", async () => {
    await register({
      tlsSource: TlsSource.External,
      installIngress: false,
      ingressClass: "alb",
      charts: { rancher: CHARTS.rancher },
    });
    assert.deepEqual(
      kinds(),
      [
        "Rancher fleet-rancher",
        "PriorityClass fleet-rancher-priority",
        "Namespace fleet-rancher-namespace",
        "RandomPassword fleet-rancher-bootstrap-password",
        "Secret fleet-rancher-bootstrap",
        "Release fleet-rancher-release",
        "PodDisruptionBudget fleet-rancher-disruption",
      ].sort(),
    );
    const { values } = inputs("fleet-rancher-release") as { values: { tls: string } };
    assert.equal(values.tls, "external");
  });

  it("lets every drain pass where it has a single copy", async () => {
    await register({ replicas: 1 });
    const { spec } = inputs("fleet-rancher-disruption") as { spec: { minAvailable: number } };
    assert.equal(spec.minAvailable, 0);
  });

  it("takes sizes, variables, features and the audit level as they are given", async () => {
    await register({
      cpuRequest: "2",
      memoryLimit: "16Gi",
      extraEnv: { CATTLE_AGENT_TLS_MODE: "system-store" },
      features: { scim: true },
      auditLogLevel: 1,
      protectRancher: false,
    });
    assert.deepEqual(
      inputs("fleet-rancher-release")["values"],
      rancherValues(
        settings({
          resources: { cpuRequest: "2", memoryRequest: "4Gi", memoryLimit: "16Gi" },
          extraEnv: { CATTLE_AGENT_TLS_MODE: "system-store" },
          features: { scim: true },
          auditLogLevel: 1,
        }),
      ),
    );
    assert.equal(options.get("fleet-rancher-release")?.protect, false);
  });

  const refused: [string, Partial<RancherArgs>, string][] = [
    [
      "all contradictions at once",
      { replicas: 5, tlsPrivateKeyPem: "k", tlsCertificatePem: "c", privateCaPem: "a" },
      "Rancher cannot be installed like this:\n" +
        "  1. rancher.replicas: is not a number from 1 to 3: each replica has a zone of its own (got 5). Write 3.\n" +
        '  2. tlsSource: is not secret, but a certificate is given (got "rancher"). Write secret, or give no certificate.\n' +
        "  3. privateCaPem: is given, but privateCa is false. Set privateCa to true, or give no authority.",
    ],
    [
      "half a certificate",
      { tlsSource: TlsSource.Secret, tlsCertificatePem: "c" },
      "Rancher cannot be installed like this:\n" +
        "  1. tlsPrivateKeyPem: is missing beside its other half. Give both, or neither.",
    ],
    [
      "a password among the chart's values, and does not repeat it",
      { charts: { ...CHARTS, rancher: { ...CHARTS.rancher, values: { bootstrapPassword: "hunter2" } } } },
      "Rancher cannot be installed like this:\n" +
        "  1. charts.rancher.values.bootstrapPassword: would stand in clear in the state. " +
        "Remove it: the password is made, and kept as a Secret.",
    ],
    [
      "a chart that is missing",
      { charts: { rancher: CHARTS.rancher } },
      "charts: lacks the chart cert-manager (got rancher). Add it under that name.",
    ],
  ];
  for (const [name, changes, message] of refused) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(register(changes), new pulumi.RunError(message));
    });
  }
});
