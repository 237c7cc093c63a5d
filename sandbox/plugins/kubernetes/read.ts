import { isObject, type Json, type JsonObject, stringAt } from "../grpc/json";
import { apiVersionOf, kindOf, metadataOf } from "./objects";

/** Fields of `metadata` that the API server writes, and annotations that tools write: never inputs. */
const SERVER_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "finalizers",
  "generation",
  "managedFields",
  "ownerReferences",
  "resourceVersion",
  "selfLink",
  "uid",
];
const TOOL_ANNOTATIONS = ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

/**
 * What the program would have to say to get the object as it is: the fields of the last inputs with today's values.
 * Fields that others added are no concern of the program. For an import (no inputs) everything but what the API server
 * writes itself.
 */
export function liveInputs(live: JsonObject, inputs: JsonObject): JsonObject {
  if (Object.keys(inputs).length === 0) return importedInputs(live);
  const fields = { ...inputs, apiVersion: apiVersionOf(live), kind: kindOf(live) };
  return valuesAt(live, fields) as JsonObject;
}

function importedInputs(live: JsonObject): JsonObject {
  const { status: _, ...object } = live;
  const { annotations, ...rest } = without(metadataOf(object), SERVER_METADATA);
  const own = isObject(annotations) ? without(annotations, TOOL_ANNOTATIONS) : {};
  const metadata = Object.keys(own).length > 0 ? { ...rest, annotations: own } : rest;
  return { ...object, metadata };
}

function valuesAt(live: Json, wanted: Json): Json {
  if (isObject(live) && isObject(wanted)) {
    const keys = Object.keys(wanted).filter((key) => live[key] !== undefined);
    return Object.fromEntries(keys.map((key) => [key, valuesAt(live[key] ?? null, wanted[key] ?? null)]));
  }
  if (Array.isArray(live) && Array.isArray(wanted)) return itemsAt(live, wanted);
  return live;
}

// Objects with a name are told apart by it; others by their place, if none was added or taken away.
function itemsAt(live: Json[], wanted: Json[]): Json[] {
  if (wanted.length > 0 && [...live, ...wanted].every((item) => stringAt(item, "name") !== "")) {
    return wanted.flatMap((item) => {
      const found = live.find((other) => stringAt(other, "name") === stringAt(item, "name"));
      return found === undefined ? [] : [valuesAt(found, item)];
    });
  }
  return live.length === wanted.length ? live.map((item, index) => valuesAt(item, wanted[index] ?? null)) : live;
}

function without(object: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
