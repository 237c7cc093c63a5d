import { UnknownValueError } from "@pulumi/policy";
import type { Json } from "../fleet/content-hash";

/** What a read answers for a value that only the update will know. */
export const UNKNOWN = Symbol("known only after the update");

/** What a read answers: plain data, `undefined` where nothing (or null) is stated, or {@link UNKNOWN}. */
export type Read = Json | undefined | typeof UNKNOWN;

/** A value as messages show it: JSON, or `nothing`. */
export function shown(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** The value at a path of field names, or of places in a list, as plain data. Unknown values go to `unknowns`. */
export function readAt(value: unknown, path: readonly string[], unknowns: Error[]): Read {
  return unlessUnknown(() => plain(valueAt(value, path)), unknowns);
}

/** Whether anything is stated at a path of field names, however deep it goes on. */
export function statesAt(value: unknown, path: readonly string[], unknowns: Error[]): boolean | typeof UNKNOWN {
  return unlessUnknown(() => (valueAt(value, path) ?? undefined) !== undefined, unknowns);
}

/** Number of entries of the list at a path; 0 where there is none or only the update will know. */
export function lengthAt(value: unknown, path: readonly string[], unknowns: Error[]): number {
  const list = unlessUnknown(() => {
    const found = valueAt(value, path);
    return Array.isArray(found) ? found.length : 0;
  }, unknowns);
  return list === UNKNOWN ? 0 : list;
}

/** Runs a read; where it touches an unknown value, keeps the error in `unknowns` and answers {@link UNKNOWN}. */
function unlessUnknown<T>(read: () => T, unknowns: Error[]): T | typeof UNKNOWN {
  try {
    return read();
  } catch (error) {
    // @pulumi/policy exports the class without declaring it, so to the compiler it is `any`.
    if (!(error instanceof Error) || !(error instanceof UnknownValueError)) {
      throw error;
    }
    unknowns.push(error);
    return UNKNOWN;
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((parent, field) => (isRecord(parent) ? parent[field] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The properties come as proxies that throw at unknown values; a copy through JSON reads every one of them. */
function plain(value: unknown): Json | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === "string" ? value : (JSON.parse(JSON.stringify(value)) as Json);
}
