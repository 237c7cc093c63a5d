import { type Access, type Answer, request } from "../../management/api";
import { isObject, type Json, type JsonObject, stringAt } from "../../plugins/grpc/json";
import { serviceAccountToken } from "./service-account-token";

/** Who writes, as the API server keeps it of each field. */
const MANAGER = "cluster-fleet-rehearsal";

/** An API server, and what the stand-in controller asks of it. */
export class Cluster {
  /**
   * @param access An administrator's.
   * @param accountKey Private key, PEM, that the API server's service accounts are signed with.
   */
  constructor(
    private readonly access: Access,
    private readonly accountKey: string,
  ) {}

  /** All objects of a collection; none where the API server does not know the kind. Answers may be a moment old. */
  async list(collection: string, query = ""): Promise<JsonObject[]> {
    const found = await this.find(`${collection}?resourceVersion=0${query}`);
    const items = found?.["items"];
    return (Array.isArray(items) ? items : []).filter(isObject);
  }

  /** @throws Error with the API server's words if it refuses. */
  async find(path: string): Promise<JsonObject | undefined> {
    const answer = await request(this.access, "GET", path);
    return answer.status === 404 ? undefined : accepted(path, answer);
  }

  /** Writes some fields by server-side apply, of an object that is there. One that has gone meanwhile is left at that. */
  async write(path: string, fields: JsonObject): Promise<void> {
    const answer = await request(this.access, "PATCH", `${path}?fieldManager=${MANAGER}&force=true`, fields);
    if (answer.status !== 404) accepted(path, answer);
  }

  /** The same API server with the rights of a service account's pods; undefined where there is no such account. */
  async asPodsOf(namespace: string, account: string): Promise<Cluster | undefined> {
    const found = await this.find(`/api/v1/namespaces/${namespace}/serviceaccounts/${account}`);
    if (found === undefined) return undefined;
    const uid = stringAt(found, "metadata", "uid");
    const token = serviceAccountToken({ namespace, name: account, uid }, this.accountKey, Date.now());
    return new Cluster({ ...this.access, token }, this.accountKey);
  }
}

/** `/apis/apps/v1/deployments`: in all namespaces, where none is named. */
export function collectionOf(apiVersion: string, plural: string, namespace = ""): string {
  const version = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${version}${namespace === "" ? "" : `/namespaces/${namespace}`}/${plural}`;
}

function accepted(path: string, { status, body }: Answer): JsonObject {
  const answer = parsed(body);
  if (status < 300 && isObject(answer)) return answer;
  throw new Error(`${path} was refused (${status}): ${stringAt(answer, "message") || body}`);
}

function parsed(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
