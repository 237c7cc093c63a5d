import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** What an EKS cluster says of its API server. */
export interface EksEndpoint {
  readonly endpoint: string;
  /** Base64 of PEM. */
  readonly ca: string;
}

/** The parts of a kubeconfig that matter here. */
interface Kubeconfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly { name: string; context: { cluster: string } }[];
  readonly clusters?: readonly {
    name: string;
    cluster: { server: string; "certificate-authority-data"?: string };
  }[];
}

const KUBECONFIG = "CLUSTER_FLEET_AWS_EKS_KUBECONFIG";
const NOBODYS: EksEndpoint = {
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com",
  ca: Buffer.from("no certificate: this cluster is simulated").toString("base64"),
};

/**
 * That of the kubeconfig which a rehearsal names: of its current context; a made-up one where none is named.
 * @throws Error if the current context names no cluster of the file
 */
export function eksEndpoint(env: NodeJS.ProcessEnv): EksEndpoint {
  const file = env[KUBECONFIG] ?? "";
  if (file === "") return NOBODYS;
  const config = parse(readFileSync(file, "utf8")) as Kubeconfig;
  const context = config.contexts?.find(({ name }) => name === config["current-context"])?.context;
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster;
  if (cluster === undefined)
    throw new Error(`${file}, which ${KUBECONFIG} names, has no cluster in its current context`);
  return { endpoint: cluster.server, ca: cluster["certificate-authority-data"] ?? "" };
}
