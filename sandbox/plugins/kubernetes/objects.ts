import { isObject, type JsonObject, objectAt, stringAt } from "../grpc/json";

/** Annotations of the official provider by which a program steers one object. */
export const ANNOTATIONS = {
  autonamed: "pulumi.com/autonamed",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
  fieldManager: "pulumi.com/patchFieldManager",
  force: "pulumi.com/patchForce",
  skipAwait: "pulumi.com/skipAwait",
  timeout: "pulumi.com/timeoutSeconds",
  waitFor: "pulumi.com/waitFor",
} as const;

/** Keys that the state holds beside the object's own fields. */
export const STATE = { fieldManager: "__fieldManager", initialApiVersion: "__initialApiVersion", inputs: "__inputs" };

/** An annotation's value, or `""`. */
export function annotation(object: JsonObject, key: string): string {
  return stringAt(object, "metadata", "annotations", key);
}

export function apiVersionOf(object: JsonObject): string {
  return stringAt(object, "apiVersion");
}

export function kindOf(object: JsonObject): string {
  return stringAt(object, "kind");
}

export function nameOf(object: JsonObject): string {
  return stringAt(object, "metadata", "name");
}

export function namespaceOf(object: JsonObject): string {
  return stringAt(object, "metadata", "namespace");
}

/** The resource's id in Pulumi: `namespace/name`, or the name of an object without a namespace. */
export function idOf(object: JsonObject): string {
  const namespace = namespaceOf(object);
  return namespace ? `${namespace}/${nameOf(object)}` : nameOf(object);
}

/** The namespace (`""` if none) and name in an id. */
export function fromId(id: string): { namespace: string; name: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { namespace: "", name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** The API group of an `apiVersion`, `""` for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

/** Whether the kind belongs to Kubernetes itself: its group is the core group, has no dot, or ends in `.k8s.io`. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes(".") || (group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io"));
}

export function isSecretObject(object: JsonObject): boolean {
  return apiVersionOf(object) === "v1" && kindOf(object) === "Secret";
}

export function isConfigMap(object: JsonObject): boolean {
  return apiVersionOf(object) === "v1" && kindOf(object) === "ConfigMap";
}

/** The API version and kind in a resource type such as `kubernetes:core/v1:ConfigMap`. */
export function fromType(type: string): { apiVersion: string; kind: string } {
  const [, version = "", kind = ""] = type.split(":");
  return { apiVersion: version.replace(/^core\//, ""), kind };
}

/** The `metadata` of an object, `{}` if it has none. */
export function metadataOf(object: JsonObject): JsonObject {
  return objectAt(object, "metadata");
}

/** The object without fields that are null, at any depth (in lists a null stays). */
export function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => {
        if (Array.isArray(value)) return [key, value.map((item) => (isObject(item) ? withoutNulls(item) : item))];
        return [key, isObject(value) ? withoutNulls(value) : value];
      }),
  );
}
