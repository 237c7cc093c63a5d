import { isOnAws } from "../../families";
import { type Problem } from "../problems";
import { type WorkerPoolValues } from "../schema/cluster";
import { type ClusterDraft, clusterProblem } from "./draft";

/** What is wrong with the worker pools of a cluster. */
export function poolProblems(cluster: ClusterDraft): Problem[] {
  return Object.entries(cluster.values.workers ?? {}).flatMap(([name, pool]) => [
    ...sizeProblems(cluster, name, pool),
    ...machineProblems(cluster, name, pool),
  ]);
}

function sizeProblems(cluster: ClusterDraft, name: string, { replicas, min, max }: WorkerPoolValues): Problem[] {
  const path = ["workers", name];
  if (["replicas", "min", "max"].some((key) => cluster.isBroken([...path, key]))) {
    return [];
  }
  if (replicas !== undefined) {
    return min === undefined && max === undefined
      ? []
      : [
          clusterProblem(cluster, "pool-two-sizes", path, {
            what: "sets both replicas and min/max",
            remedy: "Keep replicas for a fixed size, or min and max for the autoscaler",
          }),
        ];
  }
  if (min === undefined && max === undefined) {
    return [
      clusterProblem(cluster, "pool-without-size", path, {
        what: "has no size",
        remedy: "Set replicas, or min and max for the autoscaler",
      }),
    ];
  }
  if (min === undefined || max === undefined) {
    const [has, lacks] = min === undefined ? ["max", "min"] : ["min", "max"];
    return [
      clusterProblem(cluster, "pool-half-range", path, {
        what: `sets ${has}, but not ${lacks}`,
        remedy: `Set ${lacks} too, or replicas alone`,
      }),
    ];
  }
  return min <= max
    ? []
    : [
        clusterProblem(cluster, "pool-min-max", [...path, "min"], {
          what: `is greater than max, ${max}`,
          got: min,
          remedy: "Lower min or raise max",
        }),
      ];
}

function machineProblems(cluster: ClusterDraft, name: string, { instanceType }: WorkerPoolValues): Problem[] {
  const path = ["workers", name, "instanceType"];
  return isOnAws(cluster.values.class ?? "") && instanceType === undefined && !cluster.isBroken(path)
    ? [
        clusterProblem(cluster, "instance-type-missing", ["workers", name], {
          what: "names no machine type",
          remedy: "Set instanceType, such as m7i.large",
        }),
      ]
    : [];
}
