import { type z } from "zod";

import { problemsOfIssue } from "./issues";
import { isMap, isWithin, type Path, valueAt } from "./path";
import { type Problem } from "./problems";

/** What the schema says about one key of the stack. */
export interface Part<T> {
  /** What is right of it; `undefined` where nothing is. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** Paths whose values were left out because they are wrong: nobody may call them missing. */
  readonly broken: readonly Path[];
}

/** Judges a value wholly, and keeps what is right of it, so that further rules find their mistakes in the same run. */
export function parsePart<S extends z.ZodType>(schema: S, value: unknown, prefix: Path): Part<z.output<S>> {
  const first = schema.safeParse(value);
  const unseen = protoKeys(value).map((path): Problem => ({
    rule: "unknown-key",
    path: [...prefix, ...path],
    what: "is not a key that cluster-fleet knows",
    remedy: "Remove it",
  }));
  if (first.success && unseen.length === 0) {
    return { value: first.data, problems: [], broken: [] };
  }
  const issues = first.error?.issues ?? [];
  const problems = withoutEchoes([
    ...issues.flatMap((issue) => problemsOfIssue(issue, value, prefix, schema)),
    ...unseen,
  ]);
  return { value: salvage(schema, value), problems, broken: problems.map(({ path }) => path) };
}

/** Where a key is named `__proto__`: the schema library passes over it in silence. */
function protoKeys(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return key === "__proto__" ? [at] : protoKeys(inner, at);
  });
}

/** An empty value breaks every rule of its place; once is enough. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, rule }) => {
    const key = JSON.stringify([path, rule === "empty-value" ? "" : rule]);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

/** The value without what is wrong; each round may uncover that a map without its wrong member is wrong as well. */
function salvage<S extends z.ZodType>(schema: S, value: unknown): z.output<S> | undefined {
  const rest = structuredClone(value);
  for (;;) {
    const result = schema.safeParse(rest);
    if (result.success) {
      return result.data;
    }
    const wrong = result.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
    ) as Path[];
    const removed: Path[] = [];
    for (const path of wrong) {
      // What went with another mistake must not take what is right above it along.
      const gone = removed.some((each) => isWithin(path, each)) ? undefined : removeAt(rest, path);
      if (gone !== undefined) removed.push(gone);
    }
    if (removed.length === 0) {
      return undefined;
    }
  }
}

/**
 * Removes what stands at a path, or the nearest thing above it; of a list the whole, for places in it have meaning.
 * @returns The path of what is gone.
 */
function removeAt(root: unknown, path: Path): Path | undefined {
  for (let end = path.length; end > 0; end -= 1) {
    const parent = valueAt(root, path.slice(0, end - 1));
    const key = path[end - 1] ?? "";
    if (isMap(parent) && Object.hasOwn(parent, key)) {
      Reflect.deleteProperty(parent, key);
      return path.slice(0, end);
    }
  }
  return undefined;
}
