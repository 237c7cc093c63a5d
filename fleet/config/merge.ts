type Tree = Readonly<Record<string, unknown>>;

/**
 * Each cluster with the base values beneath it: maps merge key by key, every other value of the cluster replaces the
 * base's. What is not a map is passed on as it is, for the schema to judge.
 */
export function mergeBase(base: unknown, clusters: unknown): unknown {
  if (!isTree(clusters) || base === undefined) {
    return clusters;
  }
  return Object.fromEntries(Object.entries(clusters).map(([name, own]) => [name, mergeValue(base, own)]));
}

function mergeValue(base: unknown, own: unknown): unknown {
  if (own === undefined) {
    return base;
  }
  if (!isTree(base) || !isTree(own)) {
    return own;
  }
  const keys = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeValue(base[key], own[key])]));
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
