import { PLAIN } from "../families";
import { type Level, merge, strongest } from "./levels";
import { type Path, valueAt } from "./path";
import { type ClusterValues } from "./schema/cluster";

/** A value of a weaker level that this cluster has no use for. */
export interface LeftAside {
  readonly level: Level["name"];
  /** Below the cluster. */
  readonly path: Path;
  /** Why, after the words "does not apply:". */
  readonly why: string;
}

export interface Effective {
  /** What the cluster has in the end; checks say whether that is enough and fits together. */
  readonly values: ClusterValues;
  /** The levels, without what was left aside. */
  readonly levels: readonly Level<ClusterValues>[];
  readonly leftAside: readonly LeftAside[];
}

/**
 * Merges the levels of a cluster. Values that it inherits but has no use for are left aside, so that one base serves
 * clusters of every kind; what the cluster says itself is never left aside: there it is a mistake, for the checks to find.
 */
export function effectiveCluster(levels: readonly Level<ClusterValues>[]): Effective {
  const leftAside = [...ofTheOtherVariant(levels), ...ofEks(levels), ...ofMemory(levels), ...otherPoolSizes(levels)];
  const kept = leftAside.reduce(without, levels);
  const values = kept.reduce<unknown>((weaker, { value }) => merge(weaker, value), {}) as ClusterValues;
  return { values, levels: kept, leftAside };
}

/** A cluster has a class, or is plain: the strongest level that says so decides. */
function ofTheOtherVariant(levels: readonly Level<ClusterValues>[]): LeftAside[] {
  const decider = levels.findLast(({ value }) => value?.class !== undefined || value?.infrastructureRef !== undefined);
  if (decider?.value?.infrastructureRef !== undefined) {
    return inherited(levels, decider, ["class", "version", "controlPlane", "workers"], `the cluster is ${PLAIN}`);
  }
  return decider === undefined
    ? []
    : inherited(
        levels,
        decider,
        ["infrastructureRef", "controlPlaneRef"],
        `the cluster has class ${decider.value?.class}`,
      );
}

function ofEks(levels: readonly Level<ClusterValues>[]): LeftAside[] {
  const decider = strongest(levels, ["class"]);
  return decider?.value?.class === "aws-eks" && strongest(levels, ["infrastructureRef"]) === undefined
    ? inherited(levels, undefined, ["controlPlane"], "EKS runs the control plane of class aws-eks")
    : [];
}

function ofMemory(levels: readonly Level<ClusterValues>[]): LeftAside[] {
  return strongest(levels, ["class"])?.value?.class === "in-memory-kubeadm"
    ? inherited(levels, undefined, ["baseline"], "clusters in memory have nothing that a base configuration acts on")
    : [];
}

/** What levels weaker than the cluster's own, and other than the decider, say under these keys. */
function inherited(
  levels: readonly Level<ClusterValues>[],
  decider: Level | undefined,
  keys: readonly (keyof ClusterValues)[],
  why: string,
): LeftAside[] {
  return levels
    .filter((level) => level.name !== "cluster" && level !== decider)
    .flatMap(({ name, value }) =>
      keys.filter((key) => value?.[key] !== undefined).map((key) => ({ level: name, path: [key], why })),
    );
}

/** A pool has replicas, or min and max: the strongest level that says anything about its size decides. */
function otherPoolSizes(levels: readonly Level<ClusterValues>[]): LeftAside[] {
  const pools = new Set(levels.flatMap(({ value }) => Object.keys(value?.workers ?? {})));
  return [...pools].flatMap((pool) => {
    const path = ["workers", pool];
    const sized = (level: Level, keys: readonly string[]) =>
      keys.filter((key) => valueAt(level.value, [...path, key]) !== undefined);
    const decider = levels.findLast((level) => sized(level, ["replicas", "min", "max"]).length > 0);
    if (decider === undefined) {
      return [];
    }
    const fixed = sized(decider, ["replicas"]).length > 0;
    const other = fixed ? ["min", "max"] : ["replicas"];
    const why = fixed ? "the pool has a fixed size" : "the pool is sized by min and max";
    return levels
      .filter((level) => level !== decider)
      .flatMap((level) => sized(level, other).map((key) => ({ level: level.name, path: [...path, key], why })));
  });
}

function without(levels: readonly Level<ClusterValues>[], { level, path }: LeftAside): Level<ClusterValues>[] {
  return levels.map((each) =>
    each.name === level ? { ...each, value: withoutPath(each.value, path) as ClusterValues } : each,
  );
}

function withoutPath(value: unknown, [key, ...rest]: Path): unknown {
  if (typeof value !== "object" || value === null || key === undefined) {
    return value;
  }
  const { [key]: inner, ...others } = value as Record<string | number, unknown>;
  return rest.length === 0 ? others : { ...others, [key]: withoutPath(inner, rest) };
}
