import { isObject, type Json, type JsonObject, stringAt, valueAt } from "../grpc/json";
import { jsonPath, type JsonPath, select } from "./json-path";

/** One thing to wait for, from the annotation `pulumi.com/waitFor`. */
export type Expectation =
  { text: string; condition: string; status: string } | { text: string; path: JsonPath; value: string | undefined };

/**
 * Reads the annotation: `condition=Type`, `condition=Type=Status`, `jsonpath={.path}`, `jsonpath={.path}=value`, or a
 * JSON list of these, of which all must hold.
 * @throws if it is none of these
 */
export function parseWaitFor(annotation: string): Expectation[] {
  if (!annotation.trimStart().startsWith("[")) return [parseOne(annotation)];
  const list = asList(annotation);
  if (list === undefined || list.length === 0 || !list.every((item) => typeof item === "string")) {
    throw new Error(`pulumi.com/waitFor: ${annotation}: a list must be a JSON list of one or more strings`);
  }
  return list.map(parseOne);
}

/** Why the object does not meet the expectation yet; `undefined` if it does. */
export function unmet(expectation: Expectation, object: JsonObject): string | undefined {
  return "condition" in expectation ? unmetCondition(expectation, object) : unmetPath(expectation, object);
}

function parseOne(text: string): Expectation {
  const condition = /^condition=([^=\s]+)(?:=([^=\s]+))?$/.exec(text.trim());
  if (condition) return { text, condition: condition[1] ?? "", status: condition[2] ?? "True" };
  const path = /^jsonpath=(\{.*\}|[^={}]+)(?:=(.+))?$/s.exec(text.trim());
  if (path) return { text, path: jsonPath(path[1] ?? ""), value: path[2]?.replace(/^(["'])(.*)\1$/s, "$2") };
  throw new Error(
    `pulumi.com/waitFor: "${text}" must be condition=Type, condition=Type=Status, jsonpath={.path}, ` +
      `jsonpath={.path}=value, or a JSON list of these`,
  );
}

function unmetCondition(
  { condition, status }: { condition: string; status: string },
  object: JsonObject,
): string | undefined {
  const conditions = valueAt(object, "status", "conditions");
  const found = (Array.isArray(conditions) ? conditions : []).find((item) => same(stringAt(item, "type"), condition));
  if (!isObject(found)) return `condition ${condition} is not reported yet`;
  const actual = stringAt(found, "status");
  if (!same(actual, status)) {
    const why = [stringAt(found, "reason"), stringAt(found, "message")].filter(Boolean).join(": ");
    return `condition ${condition} is ${actual}, not ${status}${why ? ` (${why})` : ""}`;
  }
  // A condition about an older generation says nothing about the change that is waited for.
  const generation = valueAt(object, "metadata", "generation");
  const observed = found["observedGeneration"] ?? valueAt(object, "status", "observedGeneration");
  if (typeof generation === "number" && typeof observed === "number" && observed < generation) {
    return `condition ${condition} is about generation ${String(observed)}, not ${String(generation)} yet`;
  }
  return undefined;
}

function unmetPath(expectation: { text: string; path: JsonPath; value: string | undefined }, object: JsonObject) {
  const values = select(expectation.path, object);
  if (values.length === 0) return `${expectation.path.text} has no value yet`;
  if (expectation.value === undefined) return undefined;
  const texts = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  if (texts.length === 1 && texts[0] === expectation.value) return undefined;
  return `${expectation.path.text} is ${texts.join(", ")}, not ${expectation.value}`;
}

function asList(text: string): Json[] | undefined {
  try {
    const list = JSON.parse(text) as Json;
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
