import { type SandboxPaths } from "../layout";
import { type Report } from "../report";
import { type Toolbox } from "../tools/toolbox";
import { publishCredentials } from "./credentials";
import { ManagementProcesses } from "./cluster";
import { installCrds, installWebhooks, type WebhookEndpoint } from "./manifests";
import { type ComponentName, COMPONENTS } from "./names";
import { apiServerUrl, webhookUrl } from "./processes";

/**
 * Brings the management cluster of a sandbox up, from nothing or from whatever state an earlier start left: healthy
 * processes stay, the rest is started. Interrupted, it leaves its processes running; the next start takes them up.
 * The caller holds the sandbox's lock.
 * @returns When the API server and every Cluster API controller and webhook answer.
 */
export async function startManagement(
  paths: SandboxPaths,
  tools: Toolbox,
  report: Report,
): Promise<ManagementProcesses> {
  const step = report.step("Management cluster");
  const processes = await ManagementProcesses.open(paths, tools);

  step.update("etcd, API server");
  let started = (await processes.ensure("etcd")) ? 1 : 0;
  if (await processes.ensure("kube-apiserver")) started++;
  const access = publishCredentials(paths, apiServerUrl(processes.place));
  const endpoint = (component: ComponentName): WebhookEndpoint => ({
    component,
    url: webhookUrl(processes.place, component),
    ca: access.ca,
  });

  step.update("custom resource definitions");
  const components = COMPONENTS.map((name) => ({ name, at: endpoint(name), manifests: tools.manifests(name) }));
  await Promise.all(components.map(({ manifests, at }) => installCrds(access, manifests, at)));

  step.update("controllers");
  // The garbage collector learns of new kinds every 30 s only: started after the CRDs it knows them at once.
  const rest = await Promise.all((["kube-controller-manager", ...COMPONENTS] as const).map((n) => processes.ensure(n)));
  started += rest.filter(Boolean).length;
  await Promise.all(components.map(({ manifests, at }) => installWebhooks(access, manifests, at)));

  const { address } = processes.place;
  step.done(started === 0 ? `running already on ${address}` : `ready on ${address}, ${started} processes started`);
  return processes;
}
