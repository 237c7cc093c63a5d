import { readFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type SandboxPaths, sandboxPaths } from "../layout";
import { probePort } from "../management/address";
import { isHealthy } from "../management/api";
import { prepareCredentials, publishCredentials } from "../management/credentials";
import { apiServerUrl, logFile, type Place, processSpec } from "../management/processes";
import { type SandboxRecord } from "../management/record";
import { lastLines } from "../management/strays";
import { startDetached, stopDetached } from "../process/detached";
import { isAlive } from "../process/identity";
import { type Toolbox } from "../tools/toolbox";

/** A real API server that stands for a workload cluster: no machine belongs to it, but every object is judged and kept. */
export interface WorkloadApi {
  /** Host and port, as a cluster's `controlPlaneEndpoint` names them. */
  readonly endpoint: { readonly host: string; readonly port: number };
  /** Administrator's kubeconfig, YAML. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

const FIRST_PORT = 17443;
const READY_MS = 60_000;

/**
 * Starts a second kube-apiserver beside a sandbox's management cluster: on the same address, with credentials of its own,
 * its objects in the same etcd under a prefix of its own. It ends with {@link WorkloadApi.stop}, or with the sandbox.
 * @param name Unique in the sandbox.
 * @param management Where the management cluster's files are.
 * @param running What runs of it.
 */
export async function startWorkloadApi(
  name: string,
  management: SandboxPaths,
  running: SandboxRecord,
  tools: Pick<Toolbox, "file">,
): Promise<WorkloadApi> {
  // Inside the sandbox's folder: by that, a sandbox that is removed knows the process for its own.
  const paths = { ...sandboxPaths(path.join(management.pki, `workload-${name}`)), logs: management.logs };
  const port = await freePort(running.address);
  const place: Place = { paths, address: running.address, ports: { ...running.ports, "kube-apiserver": port } };
  prepareCredentials(paths, running.address);

  const spec = processSpec("kube-apiserver", place, tools.file("kube-apiserver"));
  const log = logFile(management, `workload-${name}`);
  const server = await startDetached({ ...spec, args: [...spec.args, `--etcd-prefix=/workload-${name}`], log });
  await ready(spec.ready, () => isAlive(server), log);
  publishCredentials(paths, apiServerUrl(place));
  return {
    endpoint: { host: running.address, port },
    kubeconfig: readFileSync(paths.kubeconfig, "utf8"),
    stop: () => stopDetached(server, 3_000),
  };
}

async function freePort(address: string): Promise<number> {
  let port = FIRST_PORT;
  while ((await probePort(address, port)) !== "free") port += 1;
  return port;
}

async function ready(url: string, lives: () => boolean, log: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await isHealthy(url))) {
    if (!lives() || Date.now() > deadline) {
      throw new Error(`the workload cluster's API server does not get ready:\n${lastLines(log, 12)}`);
    }
    await sleep(50);
  }
}
