import { type Api, KubernetesClient, Unreachable } from "./client";
import { Discovery, type Kinds } from "./discovery";
import { loadKubeconfig } from "./kubeconfig";
import { type Settings } from "./settings";

/** A cluster that can be asked. */
export interface Cluster {
  api: Api;
  kinds: Kinds;
}

/** The cluster that the settings lead to. The kubeconfig is read when the cluster is first asked something. */
export function connect(settings: Settings): Cluster {
  let client: Promise<Api> | undefined;
  const api: Api = {
    async request(method, path, options) {
      client ??= open(settings);
      return (await client).request(method, path, options);
    },
  };
  return { api, kinds: new Discovery(api) };
}

async function open(settings: Settings): Promise<Api> {
  try {
    return new KubernetesClient(await loadKubeconfig(settings));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unreachable(`configured Kubernetes cluster is unreachable: ${reason}`);
  }
}
