import { type z } from "zod";

import { nearest } from "../suggest";
import { type Path, valueAt } from "./path";
import { type Problem } from "./problems";
import { type RuleId, RULE_IDS } from "./rules";

const MAP_ISSUE = "unrecognized_keys";

/** What the schema library found at one value, in the words of this project. */
export function problemsOfIssue(issue: z.core.$ZodIssue, part: unknown, prefix: Path, schema: z.ZodType): Problem[] {
  const path = [...prefix, ...(issue.path as Path)];
  const got = valueAt(part, issue.path as Path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...path, key], key, knownKeys(schema, issue.path as Path, part)));
    case "invalid_type":
      return [ownRefusal(issue, path, got) ?? wrongType(path, got, issue.expected)];
    case "invalid_value":
      return [unknownValue(path, got, issue.values.map(String))];
    case "invalid_key":
      return issue.issues.map((inner) => encoded(inner.message, path, path.at(-1)));
    case "invalid_union":
      return unionProblems(issue, part, prefix, schema) ?? [emptyOr(issue.message, path, got)];
    default:
      return [emptyOr(issue.message, path, got)];
  }
}

/** Of false or a map, what is wrong in the map, where there is one. */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion, part: unknown, prefix: Path, schema: z.ZodType) {
  const inMap = issue.errors.find((errors) => errors.every(({ code, path }) => path.length > 0 || code === MAP_ISSUE));
  return inMap?.flatMap((inner) =>
    problemsOfIssue({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, part, prefix, schema),
  );
}

/** Of a number, a truth value or nothing where text of a certain form is asked for. */
function ownRefusal(issue: z.core.$ZodIssueInvalidType, path: Path, got: unknown): Problem | undefined {
  if (issue.expected !== "string" || !isEncoded(issue.message)) return undefined;
  const refusal = encoded(issue.message, path, got);
  if (got === undefined) return { ...refusal, rule: "missing", what: "is missing" };
  return typeof got === "number" || typeof got === "boolean" ? refusal : undefined;
}

function emptyOr(message: string, path: Path, got: unknown): Problem {
  return got === null ? emptyValue(path, got) : encoded(message, path, got);
}

/** A message that {@link says} wrote. */
function encoded(message: string, path: Path, got: unknown): Problem {
  if (!isEncoded(message)) {
    throw new Error(`a check of the schema states no rule: ${message}`);
  }
  const [rule = "", what = "", remedy = ""] = message.split("|");
  // A map as a whole says nothing that its place does not.
  const shown = typeof got === "object" && !Array.isArray(got) ? undefined : got;
  return { rule: rule as RuleId, path, what, got: shown, remedy };
}

function isEncoded(message: string): boolean {
  const [rule, ...words] = message.split("|");
  return RULE_IDS.includes(rule as RuleId) && words.length >= 2;
}

export function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  const meant = nearest(key, known);
  return {
    rule: "unknown-key",
    path,
    what: "is not a key that cluster-fleet knows",
    remedy: meant === undefined ? `Remove it, or write one of: ${known.join(", ")}` : `Did you mean ${meant}`,
  };
}

function unknownValue(path: Path, got: unknown, known: readonly string[]): Problem {
  if (got === undefined) {
    return { rule: "missing", path, what: "is missing", remedy: `Set it (${known.join(" or ")})` };
  }
  if (got === null || got === "") {
    return emptyValue(path, got);
  }
  const meant = typeof got === "string" ? nearest(got, known) : undefined;
  const choice = known.length === 1 ? `Write ${known[0]}` : `Write one of: ${known.join(", ")}`;
  return {
    rule: "unknown-value",
    path,
    what: "is not a value that is known here",
    got,
    remedy: meant === undefined || known.length === 1 ? choice : `Did you mean ${meant}? ${choice}`,
  };
}

function textForNumber(path: Path): string {
  if (path.at(-1) !== "version") return "Put it in quotes";
  if (path[0] !== "management") return "Write the version in full as text, such as v1.35.2";
  return path.length === 2
    ? "Write the minor version with its v, such as v1.35"
    : "Write the version in full as text, such as v2.15.0";
}

function wrongType(path: Path, got: unknown, expected: string): Problem {
  const type = typeName(expected);
  if (got === undefined) {
    return { rule: "missing", path, what: "is missing", remedy: `Set it (${type.replace(/^a /, "")})` };
  }
  if (got === null || (got === "" && expected !== "string")) {
    return emptyValue(path, got);
  }
  if (expected === "string" && typeof got === "number") {
    return {
      rule: "yaml-number",
      path,
      what: "is a number, because YAML reads unquoted digits as one and drops zeros at the end",
      got,
      remedy: textForNumber(path),
    };
  }
  if (expected === "string" && typeof got === "boolean") {
    return {
      rule: "yaml-boolean",
      path,
      what: "is a truth value, because YAML reads an unquoted true or false as one",
      got,
      remedy: "Put it in quotes",
    };
  }
  if (expected === "int") {
    return { rule: "not-whole", path, what: "is not a whole number", got, remedy: "Write a whole number" };
  }
  const quoted = expected === "boolean" ? got === "true" || got === "false" : expected === "number" && isNumeric(got);
  return {
    rule: "wrong-type",
    path,
    what: `is not ${type}`,
    got,
    remedy: `Write ${type}${quoted ? ", without quotes" : ""}`,
  };
}

function isNumeric(got: unknown): boolean {
  return typeof got === "string" && /^-?\d+(\.\d+)?$/.test(got);
}

function emptyValue(path: Path, got: unknown): Problem {
  return {
    rule: "empty-value",
    path,
    what: "is empty",
    got,
    remedy: "Give it a value, or remove the line",
  };
}

/** The words of YAML's users for the type names of the schema library. */
function typeName(expected: string): string {
  const words: Record<string, string> = {
    number: "a number",
    object: "a map",
    record: "a map",
    array: "a list",
    string: "text",
    boolean: "true or false",
  };
  return words[expected] ?? expected;
}

/** The keys that may stand at a path of the schema. */
function knownKeys(schema: z.ZodType, path: Path, part: unknown): string[] {
  const found = path.reduce<z.ZodType | undefined>(
    (inner, key, index) => option(inner && member(inner, key), valueAt(part, path.slice(0, index + 1))),
    option(schema, part),
  );
  if (found?.def.type === "object") return Object.keys((found as z.ZodObject).shape);
  const { keyType } = (found?.def ?? {}) as { keyType?: z.ZodType };
  const keys = keyType && bare(keyType);
  return keys?.def.type === "enum" ? (keys as z.ZodEnum).options.map(String) : [];
}

/** What a value is judged by: without `optional`, `default` and the like around it, and of several kinds the written one. */
function option(schema: z.ZodType | undefined, value: unknown): z.ZodType | undefined {
  const found = schema && bare(schema);
  if (found?.def.type !== "union") {
    return found;
  }
  const maps = (found as z.ZodUnion<z.ZodType[]>).options.filter(({ def }) => def.type === "object") as z.ZodObject[];
  const kind = valueAt(value, ["kind"]);
  return maps.find(({ shape }) => (shape["kind"] as z.ZodType | undefined)?.safeParse(kind).success ?? true);
}

function bare(schema: z.ZodType): z.ZodType {
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return inner === undefined ? schema : bare(inner);
}

function member(schema: z.ZodType, part: string | number): z.ZodType | undefined {
  const def = schema.def as { type: string; valueType?: z.ZodType; element?: z.ZodType };
  if (def.type === "object") {
    return (schema as z.ZodObject).shape[part] as z.ZodType | undefined;
  }
  return def.type === "record" ? def.valueType : def.type === "array" ? def.element : undefined;
}
