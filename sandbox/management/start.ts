import { type SandboxPaths } from "../layout";
import { type Report } from "../report";
import { type Toolbox } from "../tools/toolbox";
import { type Access } from "./api";
import { publishCredentials } from "./credentials";
import { ManagementProcesses } from "./cluster";
import { installCrds, installWebhooks, type WebhookEndpoint } from "./manifests";
import { type ComponentName, COMPONENTS } from "./names";
import { apiServerUrl, webhookUrl } from "./processes";

/**
 * Brings the management cluster of a sandbox up, from nothing or from whatever state an earlier start left: healthy
 * processes stay, the rest is started. Interrupted, it leaves its processes running; the next start takes them up.
 * The caller holds the sandbox's lock.
 * @param later Components that are not started: {@link startComponent} does it once they are wanted.
 * @returns When the API server and every Cluster API controller and webhook answer.
 */
export async function startManagement(
  paths: SandboxPaths,
  tools: Toolbox,
  report: Report,
  later: readonly ComponentName[] = [],
): Promise<ManagementProcesses> {
  const step = report.step("Management cluster");
  const processes = await ManagementProcesses.open(paths, tools);

  step.update("etcd, API server");
  let started = (await processes.ensure("etcd")) ? 1 : 0;
  if (await processes.ensure("kube-apiserver")) started++;
  const access = publishCredentials(paths, apiServerUrl(processes.place));

  step.update("custom resource definitions");
  const components = COMPONENTS.filter((name) => !later.includes(name));
  const parts = components.map((name) => ({ at: endpoint(processes, access, name), manifests: tools.manifests(name) }));
  await Promise.all(parts.map(({ manifests, at }) => installCrds(access, manifests, at)));

  step.update("controllers");
  // The garbage collector learns of new kinds every 30 s only: started after the CRDs it knows them at once.
  const rest = ["kube-controller-manager", ...components] as const;
  started += (await Promise.all(rest.map((name) => processes.ensure(name)))).filter(Boolean).length;
  await Promise.all(parts.map(({ manifests, at }) => installWebhooks(access, manifests, at)));

  const { address } = processes.place;
  step.done(started === 0 ? `running already on ${address}` : `ready on ${address}, ${started} processes started`);
  return processes;
}

/** Brings one more component to a management cluster that runs. */
export async function startComponent(
  processes: ManagementProcesses,
  tools: Toolbox,
  access: Access,
  name: ComponentName,
): Promise<void> {
  const at = endpoint(processes, access, name);
  await installCrds(access, tools.manifests(name), at);
  await processes.ensure(name);
  await installWebhooks(access, tools.manifests(name), at);
}

function endpoint({ place }: ManagementProcesses, { ca }: Access, component: ComponentName): WebhookEndpoint {
  return { component, url: webhookUrl(place, component), ca };
}
