import { type PartProblem } from "../management/problem";
import { MAX_REPLICAS, type RancherSettings, TlsSource } from "./settings";

/** Variables that belong to this package, and what to do instead. */
const OWN_VARIABLES: Readonly<Record<string, string>> = {
  CATTLE_SERVER_URL: "Remove it: it follows rancher.hostname",
  CATTLE_FIRST_LOGIN: "Remove it: it is always false, for the password is made before Rancher starts",
  CATTLE_BOOTSTRAP_PASSWORD: "Remove it: the password is a Secret of its own, never a value of the chart",
};

/** What is wrong with settings in themselves; see `rancherUpgradeProblems` for what is wrong with a change of them. */
export function rancherProblems(settings: RancherSettings): PartProblem[] {
  return [
    ...replicaProblems(settings),
    ...letsEncryptProblems(settings),
    ...privateCaProblems(settings),
    ...externalProblems(settings),
    ...dnsProblems(settings),
    ...auditLogProblems(settings),
    ...variableProblems(settings),
    ...featureProblems(settings),
  ];
}

function replicaProblems({ replicas }: RancherSettings): PartProblem[] {
  return Number.isInteger(replicas) && replicas >= 1 && replicas <= MAX_REPLICAS
    ? []
    : [
        {
          path: ["rancher", "replicas"],
          what: `is not a number from 1 to ${MAX_REPLICAS}: each replica has a zone of its own`,
          got: replicas,
          remedy: `Write ${MAX_REPLICAS}`,
        },
      ];
}

function letsEncryptProblems(settings: RancherSettings): PartProblem[] {
  const { tlsSource, letsEncryptEmail, installIngress, internalLoadBalancer } = settings;
  if (tlsSource !== TlsSource.LetsEncrypt) {
    return letsEncryptEmail === undefined
      ? []
      : [
          {
            path: ["rancher", "tls", "email"],
            what: "is used by Let's Encrypt alone, which is not the source",
            got: letsEncryptEmail,
            remedy: "Remove it, or write source: letsEncrypt",
          },
        ];
  }
  const problems: PartProblem[] = [];
  if (letsEncryptEmail === undefined) {
    problems.push({
      path: ["rancher", "tls", "email"],
      what: "is missing, and Let's Encrypt writes to it before a certificate expires",
      remedy: "Name a mailbox that somebody reads",
    });
  }
  if (installIngress && internalLoadBalancer) {
    problems.push({
      path: ["rancher", "tls", "source"],
      what: "asks Let's Encrypt for a certificate, which cannot reach an internal load balancer",
      got: tlsSource,
      remedy: "Use rancher or secret, or an internet-facing load balancer",
    });
  }
  return problems;
}

function privateCaProblems({ privateCa, tlsSource }: RancherSettings): PartProblem[] {
  const own = tlsSource === TlsSource.Secret || tlsSource === TlsSource.External;
  return privateCa && !own
    ? [
        {
          path: ["rancher", "tls", "privateCa"],
          what: `names an authority of your own, but the certificate comes from ${tlsSource}`,
          got: privateCa,
          remedy: "Remove it, or write source: secret",
        },
      ]
    : [];
}

/** A network load balancer passes bytes: nothing behind it could tell which of them came through your proxy. */
function externalProblems({ tlsSource, installIngress }: RancherSettings): PartProblem[] {
  return tlsSource === TlsSource.External && installIngress
    ? [
        {
          path: ["rancher", "ingress", "install"],
          what: "installs an ingress that does not believe your proxy's X-Forwarded-Proto: Rancher would redirect for ever",
          got: installIngress,
          remedy: "Write false and name the class of the ingress behind your proxy, or choose another tls.source",
        },
      ]
    : [];
}

function dnsProblems({ dnsRecord, installIngress }: RancherSettings): PartProblem[] {
  return dnsRecord && !installIngress
    ? [
        {
          path: ["rancher", "dnsZone"],
          what: "names a zone, but there is no load balancer of ours to name in it",
          remedy: "Remove it and name your load balancer yourself, or let ingress.install be true",
        },
      ]
    : [];
}

function auditLogProblems({ auditLogLevel }: RancherSettings): PartProblem[] {
  return [0, 1, 2, 3].includes(auditLogLevel)
    ? []
    : [
        {
          path: ["rancher", "auditLogLevel"],
          what: "is not a level of Rancher's audit log",
          got: auditLogLevel,
          remedy: "Write 0 (who did what), 1, 2 or 3 (with both bodies)",
        },
      ];
}

function variableProblems({ extraEnv }: RancherSettings): PartProblem[] {
  return Object.keys(extraEnv)
    .filter((name) => Object.hasOwn(OWN_VARIABLES, name))
    .sort()
    .map((name) => ({
      path: ["rancher", "extraEnv", name],
      what: "is set by this package",
      remedy: OWN_VARIABLES[name] ?? "",
    }));
}

function featureProblems({ features }: RancherSettings): PartProblem[] {
  return features["turtles"] === false
    ? [
        {
          path: ["rancher", "features", "turtles"],
          what: "takes away what installs Cluster API; Rancher takes no other instead",
          got: false,
          remedy: "Remove it, or write rancher: false to have Cluster API without Rancher",
        },
      ]
    : [];
}
