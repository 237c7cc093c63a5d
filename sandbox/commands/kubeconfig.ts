import { existsSync } from "node:fs";
import { CoreV1Api } from "@kubernetes/client-node";
import { connect } from "../../live/management-client";
import { SandboxProblem } from "../problem";
import { type Context } from "./context";
import { clustersOf } from "./fleet";

/** Prints where the management cluster's kubeconfig is, or the kubeconfig of one workload cluster. */
export async function kubeconfig(context: Context, name: string | undefined): Promise<void> {
  const { paths, report } = context;
  if (!existsSync(paths.kubeconfig)) {
    throw new SandboxProblem(`No sandbox runs in ${paths.root}. \`npm run sandbox\` starts one.`);
  }
  if (name === undefined) {
    report.line(`export KUBECONFIG=${paths.kubeconfig}`);
    return;
  }
  const clusters = await clustersOf(context);
  const cluster = clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) {
    const names = clusters.map((candidate) => candidate.name).join(", ") || "none";
    throw new SandboxProblem(`There is no cluster ${name}. There are: ${names}.`, 2);
  }
  const core = (await connect({ path: paths.kubeconfig })).makeApiClient(CoreV1Api);
  const secret = await core
    .readNamespacedSecret({ namespace: cluster.namespace, name: `${name}-kubeconfig` })
    .catch((error: unknown) => {
      throw new SandboxProblem(
        `Cluster ${name} has no kubeconfig yet: its control plane is not initialised.`,
        1,
        error,
      );
    });
  report.line(
    Buffer.from(secret.data?.["value"] ?? "", "base64")
      .toString()
      .trimEnd(),
  );
}
