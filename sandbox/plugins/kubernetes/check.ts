import { isObject, type Json, type JsonObject, objectAt } from "../grpc/json";
import { type CheckRequest, type CheckResponse } from "../grpc/provider";
import { hasUnknown, isSecret, markSecretsLike, secret, withoutSecrets } from "../grpc/struct";
import { type Kinds } from "./discovery";
import { withName } from "./names";
import {
  apiVersionOf,
  isBuiltIn,
  isConfigMap,
  isSecretObject,
  kindOf,
  metadataOf,
  namespaceOf,
  withoutNulls,
} from "./objects";

/**
 * The inputs as they are kept: without nulls, with a name and a namespace, a Secret's `stringData` merged into `data`.
 * @param kinds undefined while the cluster is not known
 */
export async function check(
  request: CheckRequest,
  kinds: Kinds | undefined,
  namespace: string,
): Promise<CheckResponse> {
  const failures = refusals(request);
  if (failures.length > 0) return { inputs: request.news, failures };
  const news = normalized(withoutNulls(withoutSecrets(request.news)));
  const named = withName(news, withoutSecrets(request.olds), request);
  const placed = await withNamespace(named, kinds, namespace);
  return { inputs: withSecretsOf(placed, request.news) };
}

/** The object with the marks of secrets that `marked` has; what a Secret holds is always a secret. */
export function withSecretsOf(object: JsonObject, marked: JsonObject): JsonObject {
  const result = markSecretsLike(object, marked);
  if (!isSecretObject(object)) return result;
  for (const field of ["data", "stringData"]) {
    if (result[field] !== undefined) result[field] = secret(withoutSecrets(result[field]));
  }
  return result;
}

function refusals({ type, news }: CheckRequest): { property?: string; reason: string }[] {
  const plain = withoutSecrets(news);
  const missing = ["apiVersion", "kind"].filter((field) => typeof plain[field] !== "string" || plain[field] === "");
  const official = "install the official provider for it";
  if (/^kubernetes:(helm\.sh|kustomize|yaml)/.test(type)) {
    return [{ reason: `The stand-in for the Kubernetes provider does not support ${type}: ${official}.` }];
  }
  if (/(Patch|List)$/.test(type) && isBuiltIn(apiVersionOf(plain)) && type.split(":")[2] !== kindOf(plain)) {
    return [{ reason: `The stand-in for the Kubernetes provider does not support ${type}: ${official}.` }];
  }
  return missing.map((property) => ({ property, reason: `${property} is required.` }));
}

// Empty maps that the API server's own types leave out do not count, and a Secret's plain text is sent as `data`.
function normalized(object: JsonObject): JsonObject {
  const result = { ...object };
  if (isBuiltIn(apiVersionOf(object))) {
    result["metadata"] = withoutEmpty(metadataOf(object), ["annotations", "labels"]);
  } else if (!isObject(object["metadata"])) {
    result["metadata"] = {};
  }
  if (isSecretObject(object) && !hasUnknown(object["data"]) && !hasUnknown(object["stringData"])) {
    const encoded = Object.entries(objectAt(object, "stringData")).map(([key, text]) => [key, base64(text)]);
    result["data"] = { ...objectAt(object, "data"), ...(Object.fromEntries(encoded) as JsonObject) };
    delete result["stringData"];
  }
  if (isSecretObject(object) || isConfigMap(object)) return withoutEmpty(result, ["data", "binaryData"]);
  return result;
}

function withoutEmpty(object: JsonObject, keys: string[]): JsonObject {
  const isEmpty = (value: Json) => isObject(value) && !isSecret(value) && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => !(keys.includes(key) && isEmpty(value))));
}

function base64(text: Json): string {
  return Buffer.from(typeof text === "string" ? text : JSON.stringify(text), "utf8").toString("base64");
}

async function withNamespace(object: JsonObject, kinds: Kinds | undefined, namespace: string): Promise<JsonObject> {
  if (namespaceOf(object) || !kinds) return object;
  const resource = await kinds.find(apiVersionOf(object), kindOf(object));
  return resource?.namespaced ? { ...object, metadata: { ...metadataOf(object), namespace } } : object;
}
