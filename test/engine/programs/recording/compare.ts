import * as fs from "node:fs";
import { isObject, type Json, type JsonObject } from "../../../../sandbox/plugins/grpc/json";
import { maskSecrets } from "../../../../sandbox/plugins/grpc/struct";

/** One call of a provider, as recorded. */
export interface Call {
  method: string;
  request: JsonObject;
  response?: JsonObject;
  errors?: string[];
}

/** Calls without anything to compare: the version, and that there is no more than that. */
const FORMAL = ["Handshake", "GetPluginInfo", "Cancel"];

/** Parts of a request that only say when it was made and where the answer's progress goes. */
const PASSING = ["randomSeed", "resourceStatusAddress", "resourceStatusToken"];

/** Values of the protocol that mean the same as an absent field. */
const ABSENT: unknown[] = [false, 0, ""];

/** Fields that differ from run to run, or that Cluster API's controllers write when they get to it. */
const CHANGING = [
  "__fieldManager",
  "controlPlaneEndpoint",
  "controlPlaneRef",
  "creationTimestamp",
  "finalizers",
  "generation",
  "infrastructureRef",
  "managedFields",
  "resourceVersion",
  "status",
  "uid",
];

/** Reads recorded calls. Texts in `replaced` are exchanged wherever they stand as a whole value, or as a namespace in an id. */
export function readCalls(file: string, replaced: Record<string, string>): Call[] {
  let text = fs.readFileSync(file, "utf8");
  for (const [from, to] of Object.entries(replaced)) {
    text = text.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`"${from}/`, `"${to}/`);
  }
  const calls = text
    .trim()
    .split("\n")
    .map((line) => maskSecrets(JSON.parse(line) as Json) as unknown as Call);
  return calls.filter(({ method }) => !FORMAL.includes(method.split("/").at(-1) ?? ""));
}

/** Calls by method and resource, such as `Check named`, in the order in which they were made. */
export function byCall(calls: Call[]): Map<string, Call[]> {
  const grouped = new Map<string, Call[]>();
  for (const call of calls) {
    const name = `${call.method.split("/").at(-1) ?? ""} ${
      String(call.request["urn"] ?? "")
        .split("::")
        .at(-1) ?? ""
    }`;
    grouped.set(name, [...(grouped.get(name) ?? []), call]);
  }
  return grouped;
}

/** A call without what differs from run to run. Of an error, the part that names what happened is kept, not the advice. */
export function comparable({ method, request, response, errors }: Call): JsonObject {
  if (method.endsWith("/Configure")) return { args: stable(request["args"] ?? {}) };
  const errorTexts = (errors ?? []).map(
    (error) => error.replace(/^rpc error: code = Unknown desc = /, "").split("\n\n")[0],
  );
  return {
    request: stable(without(request, PASSING)),
    ...(errors ? { errors: errorTexts as string[] } : { response: stable(response ?? {}) }),
  };
}

function stable(value: Json): Json {
  if (typeof value === "string") return value.replace(/\bauto-[0-9a-f]{8}\b/, "auto-<random>");
  if (Array.isArray(value)) return value.map(stable);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !CHANGING.includes(key) && !isControllers(key, item))
      .map(([key, item]) => [key, stable(item)]),
  );
}

// Labels and annotations of Cluster API's controllers, and absent values of the protocol.
function isControllers(key: string, item: Json): boolean {
  return (
    /^(runtime|topology|topology\.internal)\.cluster\.x-k8s\.io\/|^cluster\.x-k8s\.io\//.test(key) || item === null
  );
}

function without(object: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => !keys.includes(key) && !isAbsent(value)));
}

function isAbsent(value: Json): boolean {
  return ABSENT.includes(value) || (Array.isArray(value) && value.length === 0);
}
