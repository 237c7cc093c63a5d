import { isObject, type Json, stringAt, valueAt } from "../grpc/json";

/** A JSONPath of the supported subset: names, indexes, `[*]` and `[?(@.name=="value")]`. */
export interface JsonPath {
  text: string;
  steps: Step[];
}

type Step =
  | { type: "name"; name: string }
  | { type: "index"; index: number }
  | { type: "all" }
  | { type: "filter"; keys: string[]; value: string };

const STEPS: [pattern: RegExp, read: (match: RegExpExecArray) => Step][] = [
  [/^\.?\[\s*(-?\d+)\s*\]/, (match) => ({ type: "index", index: Number(match[1]) })],
  [/^\.?\[\s*\*\s*\]|^\.\*/, () => ({ type: "all" })],
  [/^\.?\[\s*(?:'([^']*)'|"([^"]*)")\s*\]/, (match) => ({ type: "name", name: match[1] ?? match[2] ?? "" })],
  [
    /^\.?\[\s*\?\s*\(?\s*@((?:\.[\w-]+)+)\s*==\s*(?:'([^']*)'|"([^"]*)")\s*\)?\s*\]/,
    (match) => ({ type: "filter", keys: (match[1] ?? "").split(".").slice(1), value: match[2] ?? match[3] ?? "" }),
  ],
  [/^\.((?:[\w-]|\\\.|\/)+)/, (match) => ({ type: "name", name: (match[1] ?? "").replace(/\\\./g, ".") })],
];

/**
 * Reads a path such as `{.status.phase}` or `.status.conditions[?(@.type=="Ready")].status`.
 * @throws if it uses anything else of JSONPath
 */
export function jsonPath(text: string): JsonPath {
  let rest = text
    .trim()
    .replace(/^\{(.*)\}$/s, "$1")
    .trim()
    .replace(/^\$/, "");
  if (rest !== "" && !/^[.[]/.test(rest)) rest = `.${rest}`;
  const steps: Step[] = [];
  while (rest !== "") {
    const step = readStep(rest);
    if (!step) {
      throw new Error(
        `pulumi.com/waitFor: jsonpath ${text}: not supported from "${rest}" on (supported: names, [index], [*], ` +
          `[?(@.name=="value")])`,
      );
    }
    steps.push(step.step);
    rest = rest.slice(step.length);
  }
  if (steps.length === 0) throw new Error("pulumi.com/waitFor: an empty jsonpath matches nothing");
  return { text, steps };
}

/** The values that the path finds. */
export function select(path: JsonPath, value: Json): Json[] {
  return path.steps.reduce<Json[]>((values, step) => values.flatMap((item) => follow(step, item)), [value]);
}

function readStep(text: string): { step: Step; length: number } | undefined {
  for (const [pattern, read] of STEPS) {
    const match = pattern.exec(text);
    if (match) return { step: read(match), length: match[0].length };
  }
  return undefined;
}

function follow(step: Step, value: Json): Json[] {
  switch (step.type) {
    case "name":
      return existing(valueAt(value, step.name));
    case "index":
      return Array.isArray(value) ? existing(value.at(step.index)) : [];
    case "all":
      if (Array.isArray(value)) return value;
      return isObject(value) ? Object.values(value) : [];
    case "filter":
      return Array.isArray(value) ? value.filter((item) => stringAt(item, ...step.keys) === step.value) : [];
  }
}

function existing(value: Json | undefined): Json[] {
  return value === undefined ? [] : [value];
}
