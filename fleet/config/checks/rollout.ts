import { spanMs } from "../../rollout/time/spans";
import { nearest } from "../../suggest";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type Freeze, type Hold, type Override, type Window } from "../schema/upgrades";
import { duplicates } from "./fleet";
import { type Entry, type RolloutDraft } from "./rollout-draft";
import { stageSettingProblems } from "./stage-settings";
import { unknownStage } from "./stages";

/** What is wrong with how and when versions move; who is in which stage is judged by `stageProblems`. */
export function rolloutProblems(draft: RolloutDraft): Problem[] {
  const { windows, freezes, holds, overrides } = draft;
  return [
    ...stageSettingProblems(draft),
    ...windows.flatMap((window) => [...openingProblems(window), ...lengthProblems(window)]),
    ...freezes.flatMap(orderProblems),
    ...holds.flatMap((hold) => targetProblems(hold, 1)),
    ...overrides.flatMap((override) => targetProblems(override, 0)),
    ...[...windows, ...freezes, ...holds, ...overrides].flatMap((entry) => stageNameProblems(entry, draft)),
    ...[...holds, ...overrides].flatMap((entry) => clusterNameProblems(entry, draft)),
    ...windows.flatMap(({ path, value }) => duplicates([...path, "days"], value.days ?? [])),
    ...overrides.flatMap(({ path, value }) => duplicates([...path, "ignore"], value.ignore ?? [])),
  ];
}

function openingProblems({ path, states }: Entry<Window>): Problem[] {
  const simple = states("start") || states("days");
  if (states("cron") === simple) {
    return [
      simple
        ? {
            rule: "window-opening",
            path: [...path, "cron"],
            what: `is set, and ${states("start") ? "start" : "days"} too`,
            remedy: "Keep cron, or start and days",
          }
        : {
            rule: "window-opening",
            path,
            what: "does not say when it opens",
            remedy: 'Set start, such as "02:00", or days, or cron',
          },
    ];
  }
  return [];
}

const LONGEST_WINDOW = "7d";

function lengthProblems({ path, value: { duration } }: Entry<Window>): Problem[] {
  if (duration === undefined) {
    return [];
  }
  const problem = { rule: "window-length", path: [...path, "duration"], got: duration } as const;
  if (spanMs(duration) === 0) {
    return [{ ...problem, what: "leaves no time for a step", remedy: "Write how long it stays open, such as 4h" }];
  }
  return spanMs(duration) > spanMs(LONGEST_WINDOW)
    ? [
        {
          ...problem,
          what: "is longer than a week",
          remedy: `Write ${LONGEST_WINDOW} or less; where no window is declared, steps may start at any time`,
        },
      ]
    : [];
}

function orderProblems({ path, value: { from, to } }: Entry<Freeze>): Problem[] {
  return from === undefined || to === undefined || beginOf(from) < endOf(to)
    ? []
    : [
        {
          rule: "freeze-order",
          path: [...path, "to"],
          what: `is not after from, ${from}`,
          got: to,
          remedy: "Write when it ends: its last day, or a moment after from",
        },
      ];
}

/** Moments of one zone sort as text once they have a time. */
function beginOf(moment: string): string {
  return moment.includes("T") ? moment : `${moment}T00:00`;
}

function endOf(moment: string): string {
  return moment.includes("T") ? moment : `${moment}T24:00`;
}

/** @param least How many of the two kinds of targets it has to name. */
function targetProblems({ path, states }: Entry<Hold | Override>, least: 0 | 1): Problem[] {
  const named = [states("clusters"), states("stages")].filter(Boolean).length;
  if (named === 2) {
    return [
      {
        rule: "hold-targets",
        path,
        what: "names clusters and stages",
        remedy: "Keep one of the two, and make another entry of the other",
      },
    ];
  }
  return named >= least
    ? []
    : [{ rule: "hold-targets", path, what: "does not say for whom it is", remedy: "Set clusters or stages" }];
}

function stageNameProblems({ path, value }: Entry<{ stages?: string[] | undefined }>, draft: RolloutDraft): Problem[] {
  const { stageNames } = draft;
  const list = [...path, "stages"];
  const { stages = [] } = value;
  return [
    ...duplicates(list, stages),
    ...stages.flatMap((name, index) =>
      stageNames === undefined || stageNames.includes(name) ? [] : [unknownStage([...list, index], name, stageNames)],
    ),
  ];
}

function clusterNameProblems({ path, value }: Entry<Hold | Override>, { clusterNames }: RolloutDraft): Problem[] {
  const list = [...path, "clusters"];
  const { clusters = [] } = value;
  return [
    ...duplicates(list, clusters),
    ...clusters.flatMap((name, index) =>
      clusterNames.includes(name) ? [] : [unknownCluster([...list, index], name, clusterNames)],
    ),
  ];
}

function unknownCluster(path: Path, name: string, names: readonly string[]): Problem {
  const meant = nearest(name, names);
  return {
    rule: "cluster-unknown",
    path,
    what: "is not a cluster of this stack",
    got: name,
    remedy:
      meant === undefined
        ? "Write the name of one under cluster-fleet:clusters, or remove it"
        : `Did you mean ${meant}`,
  };
}
