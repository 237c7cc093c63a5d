import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** What an EKS cluster says of its API server. */
export interface EksEndpoint {
  readonly endpoint: string;
  /** Base64 of PEM. */
  readonly ca: string;
}

const KUBECONFIG = "CLUSTER_FLEET_AWS_EKS_KUBECONFIG";
const NOBODYS: EksEndpoint = {
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com",
  ca: Buffer.from("no certificate: this cluster is simulated").toString("base64"),
};

/** That of the kubeconfig which a rehearsal names; a made-up one otherwise. */
export function eksEndpoint(env: NodeJS.ProcessEnv): EksEndpoint {
  const file = env[KUBECONFIG] ?? "";
  if (file === "") return NOBODYS;
  const { clusters } = parse(readFileSync(file, "utf8")) as {
    clusters: readonly { cluster: { server: string; "certificate-authority-data"?: string } }[];
  };
  const cluster = clusters[0]?.cluster;
  if (cluster === undefined) throw new Error(`${file}, which ${KUBECONFIG} names, has no cluster`);
  return { endpoint: cluster.server, ca: cluster["certificate-authority-data"] ?? "" };
}
