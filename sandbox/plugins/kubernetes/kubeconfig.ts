import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
// Only this module: the package's index loads some hundred classes that nothing here needs.
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { type Settings } from "./settings";

type Selection = Pick<Settings, "kubeconfig" | "context" | "cluster">;

/**
 * Loads the kubeconfig that the settings name and selects the context and cluster.
 * @throws if there is no such file, context or cluster
 */
export async function loadKubeconfig(settings: Selection): Promise<KubeConfig> {
  const { KubeConfig } = await import("@kubernetes/client-node/dist/config.js");
  const config = new KubeConfig();
  const { kubeconfig } = settings;
  if (kubeconfig === "") config.loadFromDefault();
  else if (isContents(kubeconfig)) config.loadFromString(kubeconfig);
  else config.loadFromFile(existingFile(kubeconfig));

  if (settings.context) config.setCurrentContext(settings.context);
  if (config.getContextObject(config.getCurrentContext()) === null) {
    const known = config.getContexts().map((context) => context.name);
    throw new Error(`the kubeconfig has no context "${config.getCurrentContext()}" (it has: ${known.join(", ")})`);
  }
  if (settings.cluster) selectCluster(config, settings.cluster);
  if (!config.getCurrentCluster())
    throw new Error(`the context "${config.getCurrentContext()}" names no known cluster`);
  return config;
}

/** The server and authority that the settings lead to, as text to compare; `undefined` if they lead to none. */
export async function activeCluster(settings: Selection): Promise<string | undefined> {
  try {
    const cluster = (await loadKubeconfig(settings)).getCurrentCluster();
    return JSON.stringify({ ...cluster, name: undefined });
  } catch {
    return undefined;
  }
}

function isContents(kubeconfig: string): boolean {
  return kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{") || kubeconfig.includes("apiVersion:");
}

function existingFile(name: string): string {
  const file = path.resolve(name.replace(/^~(?=\/|$)/, os.homedir()));
  if (!fs.existsSync(file)) throw new Error(`there is no kubeconfig at ${file}`);
  return file;
}

function selectCluster(config: KubeConfig, cluster: string): void {
  const known = config.getClusters().map(({ name }) => name);
  if (!known.includes(cluster)) {
    throw new Error(`the kubeconfig has no cluster "${cluster}" (it has: ${known.join(", ")})`);
  }
  const current = config.getCurrentContext();
  config.contexts = config.contexts.map((context) => (context.name === current ? { ...context, cluster } : context));
}
