import { readFileSync } from "node:fs";
import { parse } from "yaml";

import { type Access } from "../management/api";

interface Kubeconfig {
  readonly clusters: readonly { cluster: { server: string; "certificate-authority-data": string } }[];
  readonly users: readonly { user: { token: string } }[];
}

/** Administrator access to a sandbox's API server, as its kubeconfig gives it. */
export function kubeconfigAccess(file: string): Access {
  const { clusters, users } = parse(readFileSync(file, "utf8")) as Kubeconfig;
  const cluster = clusters[0]?.cluster;
  const user = users[0]?.user;
  if (cluster === undefined || user === undefined) throw new Error(`${file} is not a sandbox's kubeconfig`);
  const ca = Buffer.from(cluster["certificate-authority-data"], "base64").toString();
  return { url: cluster.server, ca, token: user.token };
}
