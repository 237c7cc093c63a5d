import { clusterLabels } from "../../cluster-labels";
import { stagesOf } from "../../stages";
import { nearest } from "../../suggest";
import { setAt } from "../levels";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type Stage } from "../schema/upgrades";
import { type ClusterDraft } from "./draft";
import { duplicates, type FleetDraft } from "./fleet";

/** The stages that take each cluster of a fleet. */
export type Membership = ReadonlyMap<ClusterDraft, readonly string[]>;

export function stageMembership(fleet: FleetDraft, stages: readonly Stage[]): Membership {
  return new Map(fleet.clusters.map((cluster) => [cluster, stagesOfDraft(cluster, fleet, stages)]));
}

/** What is wrong with the rollout stages: every cluster has to be in exactly one, where any are declared. */
export function stageProblems(fleet: FleetDraft, stages: readonly Stage[], takenBy: Membership): Problem[] {
  const list = ["upgrades", "stages"];
  const names = stages.map(({ name }) => name);
  // A stage that a cluster misspells is not unused as well.
  const used = new Set([...takenBy.values()].flat().map((name) => nearest(name, names) ?? name));
  return [
    ...duplicates(list, names, "name"),
    ...stages.flatMap((stage, index) => [
      ...selectionProblems(stage, index, fleet),
      ...(used.has(stage.name)
        ? []
        : [
            {
              rule: "stage-matches-nothing" as const,
              path: [...list, index],
              what: "takes no cluster of this environment",
              got: stage.name,
              remedy: "Correct its selector, name it in a cluster's stage, or remove it",
            },
          ]),
    ]),
    ...fleet.clusters.flatMap((cluster) => clusterStageProblems(cluster, takenBy.get(cluster) ?? [], names)),
  ];
}

/** How many clusters each stage has. */
export function stageSizes(stages: readonly Stage[], takenBy: Membership): ReadonlyMap<string, number> {
  const sizes = new Map(stages.map(({ name }) => [name, 0]));
  for (const name of [...takenBy.values()].flat()) {
    const size = sizes.get(name);
    if (size !== undefined) sizes.set(name, size + 1);
  }
  return sizes;
}

function stagesOfDraft({ values }: ClusterDraft, fleet: FleetDraft, stages: readonly Stage[]): readonly string[] {
  const labels = clusterLabels({ environment: fleet.environment ?? "", ...values, stage: undefined });
  return stagesOf({ stage: values.stage, labels }, stages, fleet.groups);
}

function selectionProblems({ group, selector }: Stage, index: number, { groups }: FleetDraft): Problem[] {
  const path = ["upgrades", "stages", index];
  const problems: Problem[] = [];
  if (group !== undefined && selector !== undefined) {
    problems.push({
      rule: "stage-two-selectors",
      path,
      what: "has both a group and a selector",
      remedy: "Keep one of the two",
    });
  }
  if (group !== undefined && groups[group] === undefined) {
    const meant = nearest(group, Object.keys(groups));
    problems.push({
      rule: "group-unknown",
      path: [...path, "group"],
      what: "is not a group of this stack",
      got: group,
      remedy: meant === undefined ? "Declare it under cluster-fleet:groups" : `Did you mean ${meant}`,
    });
  }
  return problems;
}

function clusterStageProblems(cluster: ClusterDraft, taken: readonly string[], names: readonly string[]): Problem[] {
  const { stage } = cluster.values;
  if (stage !== undefined && !names.includes(stage)) {
    return [unknownStage(setAt(cluster.levels, ["stage"]), stage, names)];
  }
  if (names.length === 0 || taken.length === 1 || cluster.isBroken(["stage"]) || cluster.isBroken(["labels"])) {
    return [];
  }
  return taken.length === 0
    ? [
        {
          rule: "stage-none",
          path: ["clusters", cluster.name],
          what: "is in no stage",
          remedy: "Label it so that a stage selects it, or name its stage",
        },
      ]
    : [
        {
          rule: "stage-several",
          path: ["clusters", cluster.name],
          what: "is in more than one stage",
          got: taken,
          remedy: "Narrow the selectors, or name its stage",
        },
      ];
}

/** A name that is not among those of the stages. */
export function unknownStage(path: Path, name: string, names: readonly string[]): Problem {
  const meant = nearest(name, names);
  return {
    rule: "stage-unknown",
    path,
    what: "is not a stage of cluster-fleet:upgrades",
    got: name,
    remedy:
      meant !== undefined
        ? `Did you mean ${meant}`
        : names.length === 0
          ? "Declare it under cluster-fleet:upgrades, or remove it"
          : `Write one of: ${names.join(", ")}`,
  };
}
