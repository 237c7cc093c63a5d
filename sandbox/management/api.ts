import * as http from "node:http";
import * as https from "node:https";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Access {
  /** `https://127.1.2.3:16443` */
  readonly url: string;
  readonly ca: string;
  readonly token: string;
}

// Kept open: a new TLS connection for each request would cost more than the request.
const CONNECTIONS = new https.Agent({ keepAlive: true, maxSockets: 8 });

/** One request to an API server. @throws Error if no answer comes within 30 s. */
export function request(access: Access, method: string, path: string, body?: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${access.token}`,
    ...(body === undefined ? {} : { "content-type": "application/apply-patch+yaml" }),
  };
  const options = { method, headers, ca: access.ca, agent: CONNECTIONS };
  return send(https.request(`${access.url}${path}`, options), JSON.stringify(body));
}

/** Server-side apply. @throws Error with the API server's words if it refuses. */
export async function apply(access: Access, collection: string, object: KubernetesObject): Promise<void> {
  const path = `${collection}/${object.metadata.name}?fieldManager=cluster-fleet-sandbox&force=true`;
  const answer = await request(access, "PATCH", path, object);
  if (answer.status >= 300) {
    throw new Error(`${object.kind} ${object.metadata.name} was refused (${answer.status}): ${messageOf(answer)}`);
  }
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

/** Whether a health page answers 200. Its certificate is not checked: the page says nothing worth guarding. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const client = url.startsWith("https:") ? https : http;
    return (await send(client.get(url, { rejectUnauthorized: false }))).status === 200;
  } catch {
    return false;
  }
}

function messageOf(answer: Answer): string {
  try {
    return (JSON.parse(answer.body) as { message?: string }).message ?? answer.body;
  } catch {
    return answer.body;
  }
}

function send(outgoing: http.ClientRequest, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    outgoing.setTimeout(30_000, () => outgoing.destroy(new Error(`no answer from ${outgoing.host} within 30 s`)));
    outgoing.on("error", reject).on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("error", reject).on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    outgoing.end(body);
  });
}
