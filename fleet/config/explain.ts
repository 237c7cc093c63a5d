import { type RawConfig } from "./config";
import { type LevelName, merge, strongest } from "./levels";
import { judge } from "./parse";
import { isWithin, type Path, valueAt } from "./path";
import { type Problem } from "./problems";

/** One value of a cluster, and every place that says something about it. */
export interface ExplainedValue {
  /** Below the cluster. */
  readonly path: Path;
  /** What counts in the end; absent where no level's value applies. */
  readonly value?: unknown;
  /** Strongest first; the first without `leftAside` is the one that counts. Empty for a default. */
  readonly origins: readonly Origin[];
}

export interface Origin {
  readonly level: LevelName;
  /** In the whole configuration, e.g. `base.version`. */
  readonly path: Path;
  readonly value: unknown;
  /** Why the cluster has no use for it. */
  readonly leftAside?: string;
}

export interface Explanation {
  /** In order of path. */
  readonly values: readonly ExplainedValue[];
  /** All clusters of the stack, for those who misspelt the name. */
  readonly clusters: readonly string[];
  /** What is wrong with the configuration; the explanation holds what is right of it. */
  readonly problems: readonly Problem[];
}

/** What a cluster has unless any level says otherwise. */
const DEFAULTS: Readonly<Record<string, unknown>> = { via: "cluster-api", paused: false, adopt: false };

/**
 * Each effective value of a cluster and where it comes from.
 * @param prefix Only what stands at or below this path. Default: everything.
 */
export function explainCluster(
  raw: RawConfig,
  secretKeys: readonly string[],
  cluster: string,
  prefix: Path = [],
): Explanation {
  const { drafts, parts, problems } = judge(raw, secretKeys);
  const clusters = drafts.map(({ name }) => name);
  const draft = drafts.find(({ name }) => name === cluster);
  if (draft === undefined) {
    return { values: [], clusters, problems };
  }
  const everything = [parts.base, parts.overlay, parts.clusters?.[cluster]].reduce<unknown>(merge, DEFAULTS);
  const said: readonly { name: LevelName; path: Path; value: unknown }[] = [
    { name: "cluster", path: ["clusters", cluster], value: parts.clusters?.[cluster] },
    { name: "overlay", path: ["overlay"], value: parts.overlay },
    { name: "base", path: ["base"], value: parts.base },
  ];
  const values = leaves(everything)
    .filter((path) => isWithin(path, prefix))
    .map((path): ExplainedValue => {
      const winner = strongest(draft.levels, path);
      const origins = said.flatMap(({ name, path: at, value: level }): Origin[] => {
        const value = valueAt(level, path);
        const aside = draft.leftAside.find((each) => each.level === name && isWithin(path, each.path));
        return value === undefined
          ? []
          : [{ level: name, path: [...at, ...path], value, ...(aside && { leftAside: aside.why }) }];
      });
      const value = winner === undefined ? valueAt(DEFAULTS, path) : valueAt(winner.value, path);
      return { path, origins, ...(value === undefined ? {} : { value }) };
    })
    .sort((a, b) => (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1));
  return { values, clusters, problems };
}

/** Paths of all values that are no maps; of empty maps too. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0) {
    return [path];
  }
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
