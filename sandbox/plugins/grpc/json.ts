/** JSON as it travels in protobuf structs and to the Kubernetes API. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. A missing key and `undefined` mean the same. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a value is a JSON object (not null, not a list). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a path of keys, or `{}` where there is none. */
export function objectAt(value: Json | undefined, ...keys: string[]): JsonObject {
  const found = valueAt(value, ...keys);
  return isObject(found) ? found : {};
}

/** The string at a path of keys, or `""` where there is none. */
export function stringAt(value: Json | undefined, ...keys: string[]): string {
  const found = valueAt(value, ...keys);
  return typeof found === "string" ? found : "";
}

/** The value at a path of keys, or `undefined`. */
export function valueAt(value: Json | undefined, ...keys: string[]): Json | undefined {
  let at = value;
  for (const key of keys) {
    if (!isObject(at)) return undefined;
    at = at[key];
  }
  return at;
}

/** A deep copy. */
export function copy<T extends Json>(value: T): T {
  return structuredClone(value);
}

/** Whether two values are the same; the order of keys does not matter. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => equal(a[key], b[key]));
  }
  return a === b;
}
