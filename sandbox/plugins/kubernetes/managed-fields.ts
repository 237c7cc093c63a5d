import { isObject, type Json, type JsonObject, objectAt, stringAt, valueAt } from "../grpc/json";
import { metadataOf } from "./objects";

/**
 * The object's `managedFields` with the fields that a manager got by ordinary updates moved to its server-side apply
 * entry; `undefined` if there are none.
 */
export function adoptedFields(live: JsonObject, manager: string): Json[] | undefined {
  const entries = managedFields(live);
  const isOurs = (entry: JsonObject) => stringAt(entry, "manager") === manager && !stringAt(entry, "subresource");
  const updates = entries.filter((entry) => isOurs(entry) && stringAt(entry, "operation") === "Update");
  const [first] = updates;
  if (!first) return undefined;

  const applied = entries.find((entry) => isOurs(entry) && stringAt(entry, "operation") === "Apply");
  const fields = [applied, ...updates].map((entry) => objectAt(entry, "fieldsV1")).reduce(union, {});
  const merged = { ...(applied ?? first), operation: "Apply", fieldsV1: fields };
  return [merged, ...entries.filter((entry) => entry !== applied && !updates.includes(entry))];
}

/**
 * The inputs without what the program ignores: a field that others manage is left out, so that it stays theirs; one of
 * ours keeps the value that it has in the cluster. A path into a list is left as the engine gives it.
 */
export function dropIgnored(inputs: JsonObject, live: JsonObject, paths: string[], manager: string): JsonObject {
  return paths.reduce((result, path) => {
    const keys = path.split(".");
    if (path.includes("[") || valueAt(live, ...keys) === undefined) return result;
    const owners = managedFields(live).filter((entry) => owns(entry, keys));
    const ours = owners.length === 0 || owners.some((entry) => stringAt(entry, "manager") === manager);
    return withValue(result, keys, ours ? valueAt(live, ...keys) : undefined);
  }, inputs);
}

function managedFields(object: JsonObject): JsonObject[] {
  const list = metadataOf(object)["managedFields"];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function owns(entry: JsonObject, keys: string[]): boolean {
  return valueAt(entry, "fieldsV1", ...keys.map((key) => `f:${key}`)) !== undefined;
}

function union(a: JsonObject, b: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(keys.map((key) => [key, union(objectAt(a, key), objectAt(b, key))]));
}

function withValue(object: JsonObject, [key = "", ...rest]: string[], value: Json | undefined): JsonObject {
  if (rest.length > 0) return { ...object, [key]: withValue(objectAt(object, key), rest, value) };
  const { [key]: _, ...others } = object;
  return value === undefined ? others : { ...others, [key]: value };
}
