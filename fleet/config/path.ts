/** Where a value stands in the configuration, from the stack's key on: `["clusters", "prod-a", "version"]`. */
export type Path = readonly (string | number)[];

/** A path as users write it: `clusters.prod-a.labels["example.com/team"]`, `upgrades.stages[0].name`. */
export function formatPath(path: Path): string {
  return path.map((part, index) => formatPart(part, index === 0)).join("");
}

function formatPart(part: string | number, first: boolean): string {
  if (typeof part === "number") {
    return `[${part}]`;
  }
  if (!/^[\w-]+$/.test(part)) {
    return `[${JSON.stringify(part)}]`;
  }
  return first ? part : `.${part}`;
}

/** Reads what {@link formatPath} writes; plain dots between keys are enough for most. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, plain]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? (JSON.parse(`"${quoted}"`) as string) : (plain ?? ""),
  );
}

/** What stands at a path; `undefined` where nothing does. Looks at own members only. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, part) =>
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, part)
        ? (parent as Record<string | number, unknown>)[part]
        : undefined,
    value,
  );
}

/** Whether `path` is `prefix` or stands below it. */
export function isWithin(path: Path, prefix: Path): boolean {
  return prefix.every((part, index) => path[index] === part);
}

/** Whether a value is what YAML calls a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
