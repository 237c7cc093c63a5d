import { hkdfSync } from "node:crypto";

import { Secret } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";

import { ENCRYPTION_SECRET, encryptionConfiguration } from "../../fleet/classes/kubeadm/encryption";
import { owned } from "../owned";

export interface EncryptionKeysSettings {
  readonly namespace: pulumi.Input<string>;
  /** Names of the clusters that encrypt with a key of ours. */
  readonly clusters: readonly string[];
}

/** What a key of AES or ChaCha20 is made of. */
const KEY_BYTES = 32;

/**
 * The keys with which the API servers of kubeadm clusters encrypt Secrets: one Secret for the environment, in which each
 * cluster has a key of its own, derived from one random value. Whoever has the key of one cluster cannot tell another's.
 * Without them no control plane can be replaced: every cluster depends on them, and they never change.
 */
export function createEncryptionKeys(
  name: string,
  { namespace, clusters }: EncryptionKeysSettings,
  opts: pulumi.CustomResourceOptions,
): Secret {
  const origin = new RandomPassword(
    `${name}-encryption-origin`,
    { length: 64, special: false },
    { parent: opts.parent },
  );
  return new Secret(
    `${name}-encryption`,
    {
      metadata: { name: ENCRYPTION_SECRET, namespace, ...owned() },
      stringData: origin.result.apply((value) =>
        Object.fromEntries(clusters.map((cluster) => [cluster, encryptionConfiguration(keyOf(cluster, value))])),
      ),
    },
    opts,
  );
}

function keyOf(cluster: string, origin: string): string {
  return Buffer.from(hkdfSync("sha256", origin, "", `cluster-fleet encryption ${cluster}`, KEY_BYTES)).toString(
    "base64",
  );
}
