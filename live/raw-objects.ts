import { request, type RequestOptions } from "node:https";

import { type KubeConfig } from "@kubernetes/client-node";

/** An object's place: its API and kind, and its name where it is one object. */
export interface ObjectPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

/** The API server refused a request. */
export class RequestRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "RequestRefused";
  }
}

/** How long each request may take. */
export const PATIENCE_SECONDS = 10;

/**
 * Objects as the API server writes them. The client library puts known kinds into classes of its own, in which fields such
 * as `from` and `default` have other names, and what is written through them loses those fields.
 */
export class RawObjects {
  constructor(private readonly kubeconfig: KubeConfig) {}

  /** @returns Undefined where it does not exist. */
  async read(object: ObjectPlace): Promise<RawObject | undefined> {
    try {
      return (await this.send("GET", pathOf(object))) as RawObject;
    } catch (error) {
      if (error instanceof RequestRefused && error.status === 404) return undefined;
      throw error;
    }
  }

  /** What would be there if the object were replaced; nothing is stored. */
  async wouldBe(object: ObjectPlace): Promise<RawObject> {
    return (await this.send("PUT", `${pathOf(object)}?dryRun=All`, object)) as RawObject;
  }

  /** Those of all namespaces. @param labels A label selector. */
  async list(kind: Pick<ObjectPlace, "apiVersion" | "kind">, labels: string): Promise<readonly RawObject[]> {
    const path = `${pathOf({ ...kind, metadata: {} })}?labelSelector=${encodeURIComponent(labels)}`;
    return ((await this.send("GET", path)) as { items: RawObject[] }).items;
  }

  private async send(method: string, path: string, body?: object): Promise<unknown> {
    const options: RequestOptions = { method };
    await this.kubeconfig.applyToHTTPSOptions(options);
    options.signal = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
    options.headers = { ...options.headers, accept: "application/json", "content-type": "application/json" };
    const url = `${this.kubeconfig.getCurrentCluster()?.server ?? ""}${path}`;
    const { status, text } = await exchange(url, options, body);
    if (status >= 300) throw new RequestRefused(status, messageOf(text));
    return JSON.parse(text) as unknown;
  }
}

export interface RawObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion: string };
  readonly [part: string]: unknown;
}

function exchange(url: string, options: RequestOptions, body?: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("error", reject).on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Good for kinds whose plural is regular. */
function pathOf({ apiVersion, kind, metadata }: ObjectPlace): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = `${kind.toLowerCase()}s`.replace(/ys$/, "ies");
  const inNamespace = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  return `${root}${inNamespace}/${plural}${metadata.name === undefined ? "" : `/${metadata.name}`}`;
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
