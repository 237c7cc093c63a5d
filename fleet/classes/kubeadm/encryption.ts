import { stringify } from "yaml";

/** Secret of the environment's namespace with an encryption configuration for each kubeadm cluster, by its name. */
export const ENCRYPTION_SECRET = "cluster-fleet-encryption";

/** Where the API server finds it. */
export const ENCRYPTION_FILE = "/etc/kubernetes/encryption.yaml";

/**
 * What the API server encrypts before it writes to etcd, and with which key. What was written in clear stays readable.
 *
 * Source: Kubernetes documentation, "Encrypting confidential data at rest".
 * @param key 32 bytes, base64.
 */
export function encryptionConfiguration(key: string): string {
  return stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
      {
        resources: ["secrets"],
        providers: [{ secretbox: { keys: [{ name: "key1", secret: key }] } }, { identity: {} }],
      },
    ],
  });
}
