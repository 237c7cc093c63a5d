import * as path from "node:path";
import { CoreV1Api, CustomObjectsApi, type KubeConfig, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";

import { loadKubeconfig } from "../../live/management-client";
import { sandboxPaths, toolsFolder } from "../../sandbox/layout";
import { readRecord } from "../../sandbox/management/record";
import { installForeignKinds } from "../../sandbox/rehearsal/kinds/install";
import { foreignKinds } from "../../sandbox/rehearsal/kinds/foreign-kinds";
import { createReport } from "../../sandbox/report";
import { findOrBuildTools } from "../../sandbox/tools/build";
import { type Toolbox } from "../../sandbox/tools/toolbox";
import { startWorkloadApi, type WorkloadApi } from "../../sandbox/workload-api/start";
import { type TestSandbox } from "./harness";
import { type LiveObjects, OF_CLUSTER } from "./live-objects";

const INFRASTRUCTURE = { group: "infrastructure.cluster.x-k8s.io", version: "v1beta2", plural: "awsclusters" };

/** What a plain cluster in the stack file refers to. */
export function infrastructureRef(name: string) {
  return { apiGroup: INFRASTRUCTURE.group, kind: "AWSCluster", name };
}

/** Starts the API server of a workload cluster, and brings the kinds of the add-on provider, which does not run. */
export async function startRealCluster(sandbox: TestSandbox, name: string): Promise<WorkloadApi> {
  const paths = sandboxPaths(path.dirname(sandbox.kubeconfig));
  const running = readRecord(paths);
  if (running === undefined) throw new Error("the sandbox has no record of what runs");
  return startWorkloadApi(name, paths, running, await bringAddOnKinds(sandbox));
}

/** Brings the kinds of the add-on provider, which does not run. @returns The tools that have them. */
export async function bringAddOnKinds(sandbox: Pick<TestSandbox, "kubeconfig">): Promise<Toolbox> {
  const tools = await findOrBuildTools(toolsFolder(), createReport(process.stderr));
  const management = loadKubeconfig({ path: sandbox.kubeconfig });
  const caaph = foreignKinds(tools).find((kinds) => kinds.name === "caaph");
  if (caaph !== undefined) await installForeignKinds(accessTo(management), caaph);
  return tools;
}

/**
 * Does what an infrastructure provider does, and what a control plane provider does, for a cluster that is managed from
 * outside: it names the address, says that the infrastructure is there, and leaves a kubeconfig.
 */
export async function provideInfrastructure(
  sandbox: TestSandbox,
  live: LiveObjects,
  namespace: string,
  name: string,
  { endpoint, kubeconfig }: WorkloadApi,
): Promise<void> {
  const management = loadKubeconfig({ path: sandbox.kubeconfig });
  await live.create({
    apiVersion: `${INFRASTRUCTURE.group}/${INFRASTRUCTURE.version}`,
    kind: "AWSCluster",
    metadata: { name, annotations: { "cluster.x-k8s.io/managed-by": "test" } },
    spec: { region: "eu-west-1", controlPlaneEndpoint: endpoint },
  } as Parameters<LiveObjects["create"]>[0]);
  await management.makeApiClient(CoreV1Api).createNamespacedSecret({
    namespace,
    body: {
      metadata: { name: `${name}-kubeconfig`, labels: { [OF_CLUSTER]: name } },
      type: "cluster.x-k8s.io/secret",
      stringData: { value: kubeconfig },
    },
  });
  await management
    .makeApiClient(CustomObjectsApi)
    .patchNamespacedCustomObjectStatus(
      { ...INFRASTRUCTURE, namespace, name, body: { status: { ready: true } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
}

function accessTo(kubeconfig: KubeConfig) {
  const cluster = kubeconfig.getCurrentCluster();
  return {
    url: cluster?.server ?? "",
    ca: Buffer.from(cluster?.caData ?? "", "base64").toString("utf8"),
    token: kubeconfig.getCurrentUser()?.token ?? "",
  };
}
