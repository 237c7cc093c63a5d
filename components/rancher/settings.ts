import * as pulumi from "@pulumi/pulumi";

import { describePartProblems, type PartProblem } from "../../fleet/management/problem";
import { RANCHER_DEFAULTS, type RancherSettings, TlsSource } from "../../fleet/rancher/settings";
import { rancherProblems } from "../../fleet/rancher/settings-rules";
import { type ChartArgs } from "../charts";
import { type RancherArgs } from "./rancher";

/**
 * Args with every default set.
 * @throws RunError where they contradict each other, with all contradictions.
 */
export function settingsOf(args: RancherArgs): RancherSettings {
  const { resources, ...defaults } = RANCHER_DEFAULTS;
  const settings: RancherSettings = {
    ...defaults,
    ...given(args, [
      "replicas",
      "tlsSource",
      "letsEncryptEmail",
      "privateCa",
      "tlsSecretName",
      "ingressClass",
      "installIngress",
      "internalLoadBalancer",
      "auditLogLevel",
      "extraEnv",
      "features",
    ]),
    hostname: args.hostname,
    dnsRecord: args.route53ZoneId !== undefined,
    resources: { ...resources, ...given(args, ["cpuRequest", "memoryRequest", "memoryLimit"]) },
  };
  const problems = [...rancherProblems(settings), ...secretProblems(args, settings)];
  if (problems.length > 0) {
    throw new pulumi.RunError(`Rancher cannot be installed like this:\n${describePartProblems(problems)}`);
  }
  return settings;
}

/** An arg that is undefined has its default. */
function given<Key extends keyof RancherArgs>(
  args: RancherArgs,
  keys: readonly Key[],
): { [K in Key]?: NonNullable<RancherArgs[K]> } {
  return Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]]))) as {
    [K in Key]?: NonNullable<RancherArgs[K]>;
  };
}

/** What is wrong with what becomes Secrets, or has to be one. */
function secretProblems(args: RancherArgs, { tlsSource, privateCa }: RancherSettings): PartProblem[] {
  const hasCertificate = args.tlsCertificatePem !== undefined;
  const hasKey = args.tlsPrivateKeyPem !== undefined;
  const problems: PartProblem[] = [];
  if (hasCertificate !== hasKey) {
    const path = [hasCertificate ? "tlsPrivateKeyPem" : "tlsCertificatePem"];
    problems.push({ path, what: "is missing beside its other half", remedy: "Give both, or neither" });
  }
  if ((hasCertificate || hasKey) && tlsSource !== TlsSource.Secret) {
    const what = "is not secret, but a certificate is given";
    problems.push({ path: ["tlsSource"], what, got: tlsSource, remedy: "Write secret, or give no certificate" });
  }
  if (args.privateCaPem !== undefined && !privateCa) {
    const what = "is given, but privateCa is false";
    problems.push({ path: ["privateCaPem"], what, remedy: "Set privateCa to true, or give no authority" });
  }
  if (Object.hasOwn(Object(args.charts["rancher"]?.values), "bootstrapPassword")) {
    const what = "would stand in clear in the state";
    const path = ["charts", "rancher", "values", "bootstrapPassword"];
    problems.push({ path, what, remedy: "Remove it: the password is made, and kept as a Secret" });
  }
  return problems;
}

/** @throws RunError where the chart is not among those given. */
export function chartOf({ charts }: RancherArgs, chart: string): ChartArgs {
  const found = charts[chart];
  if (found === undefined) {
    const given = Object.keys(charts).sort().join(", ") || "none";
    throw new pulumi.RunError(`charts: lacks the chart ${chart} (got ${given}). Add it under that name.`);
  }
  return found;
}
