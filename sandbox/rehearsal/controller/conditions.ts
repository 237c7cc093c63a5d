import { isObject, type Json, type JsonObject, stringAt, valueAt } from "../../plugins/grpc/json";

/** Whoever meets one of our conditions is told what it is worth. */
const MESSAGE = "Said by the stand-in controller of a rehearsal; nothing runs.";

/**
 * A condition that holds now.
 * @param now As Kubernetes writes times; where the condition has held before, since then.
 * @param more Further fields.
 */
export function holding(object: JsonObject, now: string, type: string, reason: string, more: JsonObject = {}) {
  const since = isTrue(object, type) ? stringAt(conditionOf(object, type), "lastTransitionTime") : now;
  return { type, status: "True", reason, message: MESSAGE, lastTransitionTime: since, ...more };
}

export function isTrue(object: JsonObject, type: string): boolean {
  return stringAt(conditionOf(object, type), "status") === "True";
}

function conditionOf(object: JsonObject, type: string): JsonObject | undefined {
  const conditions = valueAt(object, "status", "conditions");
  return (Array.isArray(conditions) ? conditions : []).filter(isObject).find((each) => stringAt(each, "type") === type);
}

export function generationOf(object: JsonObject): number {
  return Number(valueAt(object, "metadata", "generation") ?? 1);
}

/** Whether all that is wanted is there; there may be more. */
export function contains(there: Json | undefined, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(there) && wanted.every((item) => there.some((each) => contains(each, item)));
  }
  if (isObject(wanted)) {
    return isObject(there) && Object.entries(wanted).every(([key, value]) => contains(there[key], value));
  }
  return there === wanted;
}
