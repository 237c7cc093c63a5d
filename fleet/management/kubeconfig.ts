import { stringify } from "yaml";

export interface EksEndpoint {
  /** Name of the EKS cluster. */
  readonly name: string;
  readonly region: string;
  /** Address of the API server. */
  readonly endpoint: string;
  /** Base64 of PEM, as EKS gives it. */
  readonly certificateAuthority: string;
}

/**
 * A kubeconfig that asks the `aws` command for a token each time: it holds no credential, and whoever uses it has the
 * rights of their own AWS identity.
 */
export function eksKubeconfig({ name, region, endpoint, certificateAuthority }: EksEndpoint): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}
