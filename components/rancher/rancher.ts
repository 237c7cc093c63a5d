import { Namespace } from "@pulumi/kubernetes/core/v1";
import { type Release } from "@pulumi/kubernetes/helm/v3";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1";
import * as pulumi from "@pulumi/pulumi";

import { catalogueChart } from "../../fleet/charts/catalogue";
import { certManagerValues } from "../../fleet/charts/cert-manager-values";
import {
  BOOTSTRAP_SECRET,
  minAvailable,
  needsCertManager,
  PRIORITY,
  PRIORITY_CLASS,
  RANCHER_NAMESPACE,
  RANCHER_RELEASE,
  type RancherSettings,
  type TlsSource,
} from "../../fleet/rancher/settings";
import { traefikValues } from "../../fleet/rancher/traefik-values";
import { rancherUrl, rancherValues } from "../../fleet/rancher/values";
import { type ChartArgs, helmRelease } from "../charts";
import { typeToken } from "../type-token";
import { installApart } from "./apart";
import { nameLoadBalancer } from "./dns";
import { owned } from "../owned";
import { createSecrets } from "./secrets";
import { chartOf, settingsOf } from "./settings";

export interface RancherArgs {
  /** Host name of Rancher, e.g. `rancher.example.com`; plain. Every cluster's agent calls it: it never changes. */
  hostname: string;
  /** Version of Rancher and of its chart, e.g. `v2.15.0`; plain. One minor up at a time, never down. */
  version: string;
  /** Charts by name: `rancher`, and `cert-manager` and `traefik` where they are installed; plain. */
  charts: Record<string, ChartArgs>;
  /** Copies of Rancher, each in a zone of its own, 1 to 3; plain. Default: 3. */
  replicas?: number;
  /** CPU that each copy asks for, a Kubernetes quantity; plain. Default: `1`. A change restarts Rancher, copy by copy. */
  cpuRequest?: string;
  /** Memory that each copy asks for; plain. Default: `4Gi`. */
  memoryRequest?: string;
  /** Most memory of each copy; more, and it is restarted; plain. Default: `8Gi`. */
  memoryLimit?: string;
  /** Where the certificate comes from; plain. Default: `rancher`, an authority of Rancher's own. */
  tlsSource?: TlsSource;
  /** Mailbox that Let's Encrypt writes to; plain. Needed with `letsEncrypt`. */
  letsEncryptEmail?: string;
  /** Name of the Secret with the certificate in `cattle-system`; plain. Default: `tls-rancher-ingress`. */
  tlsSecretName?: string;
  /** Certificate and its chain, PEM, with `secret`. Absent: somebody else makes that Secret, such as External Secrets. */
  tlsCertificatePem?: pulumi.Input<string>;
  /** Key of that certificate, PEM; kept as a secret. */
  tlsPrivateKeyPem?: pulumi.Input<string>;
  /** The certificate is signed by an authority that only you know, with `secret` or `external`; plain. Default: false. */
  privateCa?: boolean;
  /** That authority's certificate, PEM. Absent: somebody else makes the Secret `tls-ca`; Rancher waits for it. */
  privateCaPem?: pulumi.Input<string>;
  /** cert-manager is there already; plain. Default: false: it is installed where `tlsSource` needs it. */
  certManagerInstalled?: boolean;
  /** Class of Rancher's Ingress; plain. Default: `traefik`. */
  ingressClass?: string;
  /** Install Traefik behind a network load balancer; plain. Default: true. Costs a load balancer. */
  installIngress?: boolean;
  /** The load balancer has no address on the internet; plain. A change replaces it: minutes without Rancher. */
  internalLoadBalancer?: boolean;
  /** Route 53 zone in which `hostname` becomes a name of the load balancer. Absent: you make that name. */
  route53ZoneId?: pulumi.Input<string>;
  /** 0: who did what, 1: with headers, 2: with requests, 3: with answers; plain. Default: 0. */
  auditLogLevel?: number;
  /** Further environment variables of Rancher, each a setting that nobody can then edit; plain; never a secret. */
  extraEnv?: Record<string, string>;
  /** Feature flags of Rancher's to turn on or off; plain. */
  features?: Record<string, boolean>;
  /** The engine refuses to delete Rancher and its namespace while this holds; plain. Default: true. */
  protectRancher?: boolean;
}

/**
 * Rancher on a management cluster, highly available over three zones, with its ingress and certificate. From 2.13 on it
 * installs Cluster API itself, some minutes after this is ready: wait for Turtles before you declare providers.
 *
 * Do not use it where nobody needs Rancher's console: Cluster API does without. Needs the AWS Load Balancer Controller
 * where it installs the ingress. Throws where args contradict each other, all contradictions at once.
 *
 * @example
 * new Rancher("fleet-rancher", {
 *   hostname: "rancher.example.com", version: "v2.15.0", tlsSource: TlsSource.LetsEncrypt,
 *   letsEncryptEmail: "platform@example.com", charts,
 * }, { providers: { kubernetes, aws } });
 */
export class Rancher extends pulumi.ComponentResource {
  /** Address of Rancher. */
  readonly url: pulumi.Output<string>;
  /** Version of Rancher. */
  readonly version: pulumi.Output<string>;
  /** A command that prints the first password of the user `admin`; not the password. */
  readonly howToGetBootstrapPassword: pulumi.Output<string>;

  constructor(name: string, args: RancherArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Rancher"), name, { ...args, ...sealedKey(args) }, opts);

    const settings = settingsOf(args);
    // These wait for what Rancher as a whole waits for, and so are deleted before it; everything else follows them.
    const first = { parent: this, dependsOn: opts?.dependsOn };
    const priorityClass = this.createPriorityClass(name, first);
    const before = this.installBefore(name, args, settings, priorityClass, first);
    const namespace = this.createNamespace(name, args, first);
    const secrets = createSecrets(name, args, namespace, this);
    const release = this.install(name, args, settings, namespace, [priorityClass, ...before, ...secrets]);
    this.limitDisruption(name, settings, namespace);

    releases.set(this, release);
    this.url = pulumi.output(rancherUrl(settings));
    this.version = pulumi.output(args.version);
    this.howToGetBootstrapPassword = pulumi.output(PASSWORD_COMMAND);
    this.registerOutputs({
      url: this.url,
      version: this.version,
      howToGetBootstrapPassword: this.howToGetBootstrapPassword,
    });
  }

  private createPriorityClass(name: string, first: pulumi.CustomResourceOptions): PriorityClass {
    return new PriorityClass(
      `${name}-priority`,
      {
        metadata: { name: PRIORITY_CLASS, ...owned() },
        value: PRIORITY,
        globalDefault: false,
        description: "Rancher and the way to it.",
      },
      first,
    );
  }

  /** What Rancher stands on: its certificates and its ingress. */
  private installBefore(
    name: string,
    args: RancherArgs,
    settings: RancherSettings,
    priorityClass: PriorityClass,
    first: pulumi.CustomResourceOptions,
  ): pulumi.Resource[] {
    const before: pulumi.Resource[] = [];
    if (needsCertManager(settings.tlsSource) && args.certManagerInstalled !== true) {
      before.push(installApart(name, "cert-manager", chartOf(args, "cert-manager"), certManagerValues(), first));
    }
    if (settings.installIngress) {
      const values = traefikValues(settings);
      // The priority waits for all that comes first.
      const traefik = installApart(name, "traefik", chartOf(args, "traefik"), values, {
        parent: this,
        dependsOn: [priorityClass],
      });
      before.push(traefik);
      if (args.route53ZoneId !== undefined) {
        before.push(nameLoadBalancer(name, settings.hostname, args.route53ZoneId, traefik, this));
      }
    }
    return before;
  }

  /** Kept when Rancher goes: finalizers of Rancher's in it would hold its deletion for ever. */
  private createNamespace(name: string, args: RancherArgs, first: pulumi.CustomResourceOptions): Namespace {
    return new Namespace(
      `${name}-namespace`,
      { metadata: { name: RANCHER_NAMESPACE, ...owned() } },
      { ...first, retainOnDelete: true, protect: args.protectRancher ?? true },
    );
  }

  private install(
    name: string,
    args: RancherArgs,
    settings: RancherSettings,
    namespace: Namespace,
    dependsOn: pulumi.Resource[],
  ): Release {
    return helmRelease(
      `${name}-release`,
      { ...chartOf(args, "rancher"), version: args.version.replace(/^v/, "") },
      {
        namespace: namespace.metadata.name,
        releaseName: RANCHER_RELEASE,
        values: rancherValues(settings),
        timeoutSeconds: catalogueChart("rancher").timeoutSeconds,
      },
      { parent: this, dependsOn, protect: args.protectRancher ?? true },
    );
  }

  /** The chart has no such thing up to 2.15. A copy that is not well anyway holds no drain. */
  private limitDisruption(name: string, { replicas }: RancherSettings, namespace: Namespace): void {
    new PodDisruptionBudget(
      `${name}-disruption`,
      {
        metadata: { name: PRIORITY_CLASS, namespace: namespace.metadata.name, ...owned() },
        spec: {
          minAvailable: minAvailable(replicas),
          unhealthyPodEvictionPolicy: "AlwaysAllow",
          selector: { matchLabels: { app: RANCHER_RELEASE, release: RANCHER_RELEASE } },
        },
      },
      { parent: this },
    );
  }
}

/** Not a member, for every member of an exported component is an output of its schema. */
const releases = new WeakMap<Rancher, Release>();

const PASSWORD_COMMAND =
  `kubectl --namespace ${RANCHER_NAMESPACE} get secret ${BOOTSTRAP_SECRET} ` +
  `--output go-template='{{.data.bootstrapPassword | base64decode}}{{"\\n"}}'`;

/** A key enters the state sealed, even where it was given in clear. */
function sealedKey({ tlsPrivateKeyPem }: RancherArgs) {
  return tlsPrivateKeyPem === undefined ? {} : { tlsPrivateKeyPem: pulumi.secret(tlsPrivateKeyPem) };
}

/** What to wait for where Rancher's server has to run; Cluster API comes some minutes later. */
export function ready(rancher: Rancher): pulumi.Resource {
  const release = releases.get(rancher);
  if (release === undefined) {
    throw new Error("This Rancher was not made by its constructor.");
  }
  return release;
}
