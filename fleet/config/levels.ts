import { isMap, type Path, valueAt } from "./path";

/** One of the places that may say something about a cluster, from the weakest to the strongest. */
export type LevelName = "base" | "overlay" | "cluster";

export interface Level<T = unknown> {
  readonly name: LevelName;
  /** Where the level stands in the configuration. */
  readonly path: Path;
  readonly value: T | undefined;
}

/** The levels of one cluster, weakest first. */
export function levelsOf<T>(
  cluster: string,
  base: T | undefined,
  overlay: T | undefined,
  own: T | undefined,
): Level<T>[] {
  return [
    { name: "base", path: ["base"], value: base },
    { name: "overlay", path: ["overlay"], value: overlay },
    { name: "cluster", path: ["clusters", cluster], value: own },
  ];
}

/** Maps merge key by key; every other value of a stronger level replaces the weaker one's. */
export function merge(weaker: unknown, stronger: unknown): unknown {
  if (stronger === undefined) {
    return weaker;
  }
  if (!isMap(weaker) || !isMap(stronger)) {
    return stronger;
  }
  const merged: Record<string, unknown> = { ...weaker };
  for (const [key, value] of Object.entries(stronger)) {
    merged[key] = merge(weaker[key], value);
  }
  return merged;
}

/** The strongest level that says something at a path below a cluster; `undefined` where none does. */
export function strongest<T>(levels: readonly Level<T>[], path: Path): Level<T> | undefined {
  return levels.findLast(({ value }) => valueAt(value, path) !== undefined);
}

/** Where in the configuration the effective value at a path below a cluster stands; the cluster itself where nowhere. */
export function setAt(levels: readonly Level[], path: Path): Path {
  const level = strongest(levels, path) ?? levels[levels.length - 1];
  return [...(level?.path ?? []), ...path];
}
