import { type Namespace, Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";

import { BOOTSTRAP_SECRET, CA_SECRET, TLS_SECRET } from "../../fleet/rancher/settings";
import { owned } from "../owned";
import { type RancherArgs } from "./rancher";

/** What Rancher's pods and its ingress read; none of it passes through a chart's values. */
export function createSecrets(
  name: string,
  args: RancherArgs,
  namespace: Namespace,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const secret = (role: string, secretName: string, type: string, stringData: Record<string, pulumi.Input<string>>) =>
    new Secret(
      `${name}-${role}`,
      {
        metadata: { name: secretName, namespace: namespace.metadata.name, ...owned() },
        type,
        stringData: pulumi.secret(stringData),
      },
      // The chart makes the bootstrap Secret anew at each install and upgrade, with the same password, but not our labels.
      { parent, ignoreChanges: ["metadata.labels", "metadata.annotations"] },
    );
  const { tlsCertificatePem, tlsPrivateKeyPem, privateCaPem } = args;
  return [
    secret("bootstrap", BOOTSTRAP_SECRET, "Opaque", { bootstrapPassword: createPassword(name, parent) }),
    ...(tlsCertificatePem === undefined || tlsPrivateKeyPem === undefined
      ? []
      : [
          secret("certificate", args.tlsSecretName ?? TLS_SECRET, "kubernetes.io/tls", {
            "tls.crt": tlsCertificatePem,
            "tls.key": tlsPrivateKeyPem,
          }),
        ]),
    ...(privateCaPem === undefined ? [] : [secret("private-ca", CA_SECRET, "Opaque", { "cacerts.pem": privateCaPem })]),
  ];
}

/** Letters and digits alone, so that it can be typed and pasted anywhere; Rancher asks for 12 at least. */
function createPassword(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  return new RandomPassword(`${name}-bootstrap-password`, { length: 32, special: false }, { parent }).result;
}
