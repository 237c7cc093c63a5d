import { get, type RequestOptions } from "node:https";

import { ApiException, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";

/** How to reach a management cluster: by the contents of a kubeconfig, or by a file. */
export interface KubeconfigSource {
  /** A kubeconfig itself; it wins over `path`. */
  readonly contents?: string;
  /** Path of a kubeconfig file; default: `$KUBECONFIG`, then `~/.kube/config`. */
  readonly path?: string;
  /** Context to use; default: the file's current one. */
  readonly context?: string;
}

/** The management cluster cannot be looked at; nothing was changed. Its message names the address and the remedy. */
export class ManagementClusterError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ManagementClusterError";
  }
}

const CONNECT_SECONDS = 5;

/** A loaded kubeconfig. @throws ManagementClusterError where the file or the context does not exist. */
export function loadKubeconfig({ contents, path, context }: KubeconfigSource): KubeConfig {
  const kubeconfig = new KubeConfig();
  try {
    if (contents !== undefined) {
      kubeconfig.loadFromString(contents);
    } else if (path === undefined) {
      kubeconfig.loadFromDefault();
    } else {
      kubeconfig.loadFromFile(path);
    }
  } catch (error) {
    // Without the cause: the engine shows it whole, with what the parser quotes.
    throw new ManagementClusterError(
      contents === undefined
        ? `management.path: no kubeconfig can be read at ${path ?? "the default place"} (${messageOf(error)}). ` +
            "Start the sandbox, or correct the path."
        : `The kubeconfig that the management cluster's stack tells cannot be read (${messageOf(error)}). ` +
            "Run pulumi up on that stack, which writes it.",
    );
  }
  if (context !== undefined) {
    if (kubeconfig.getContextObject(context) === null) {
      const known = kubeconfig.getContexts().map(({ name }) => name);
      throw new ManagementClusterError(
        `management.context: the kubeconfig has no context of that name (got ${JSON.stringify(context)}). ` +
          `Write one of: ${known.join(", ") || "(it has none)"}.`,
      );
    }
    kubeconfig.setCurrentContext(context);
  }
  return kubeconfig;
}

/** @throws ManagementClusterError when the API server does not answer within 5 seconds, or refuses the credentials. */
export async function connect(source: KubeconfigSource): Promise<KubeConfig> {
  const kubeconfig = loadKubeconfig(source);
  const server = kubeconfig.getCurrentCluster()?.server ?? "(no cluster in the kubeconfig)";
  let status: number;
  try {
    status = await probe(kubeconfig, server);
  } catch (error) {
    throw new ManagementClusterError(
      `The management cluster at ${server} does not answer (${messageOf(error)}). Nothing was changed. ` +
        "Check that it runs and that this machine may reach it, then run again.",
      { cause: error },
    );
  }
  if (status === 401 || status === 403) {
    throw new ManagementClusterError(
      `The management cluster at ${server} refuses the credentials of the kubeconfig (HTTP ${status}). ` +
        "Nothing was changed. Renew them, then run again.",
    );
  }
  return kubeconfig;
}

/** A custom object as the API server sends it; the fields are checked where they are read. */
export interface LiveObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly generation?: number;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: unknown;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
}

const PAGE = 500;

/** Every object of a kind, in pages of 500; in all namespaces, or in one. Sorted by namespace and name. */
export async function listAll(
  kubeconfig: KubeConfig,
  { group, version, plural }: { group: string; version: string; plural: string },
  namespace?: string,
): Promise<LiveObject[]> {
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  const objects: LiveObject[] = [];
  let next: string | undefined;
  do {
    const page = { group, version, plural, limit: PAGE, _continue: next };
    const answer = (await (namespace === undefined
      ? api.listCustomObjectForAllNamespaces(page)
      : api.listNamespacedCustomObject({ ...page, namespace }))) as {
      items: LiveObject[];
      metadata: { continue?: string };
    };
    objects.push(...answer.items);
    next = answer.metadata.continue === "" ? undefined : answer.metadata.continue;
  } while (next !== undefined);
  return objects.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** What a list answers; nothing where the API server does not serve the kind, because its provider is not installed. */
export async function ifServed<T>(objects: Promise<T[]>): Promise<T[]> {
  try {
    return await objects;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return [];
    throw error;
  }
}

function keyOf({ metadata }: LiveObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Asks for the server's version; resolves with the HTTP status of the answer. */
async function probe(kubeconfig: KubeConfig, server: string): Promise<number> {
  const options: RequestOptions = {};
  await kubeconfig.applyToHTTPSOptions(options);
  options.signal = AbortSignal.timeout(CONNECT_SECONDS * 1000);
  return new Promise((resolve, reject) => {
    get(`${server}/version`, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on("error", reject);
  });
}

/**
 * What an error says, in one line: below it a parser of YAML quotes what it reads, and a kubeconfig holds credentials. An
 * error of several addresses says nothing itself, each of its own does.
 * @param seconds How long an answer was waited for.
 */
export function messageOf(error: unknown, seconds = CONNECT_SECONDS): string {
  if (error instanceof AggregateError) return error.errors.map((each) => messageOf(each, seconds)).join("; ");
  if (error instanceof Error && error.name === "AbortError") return `no answer within ${seconds} s`;
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? "";
}
