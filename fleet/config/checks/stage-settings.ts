import { EKS_ROLLBACK } from "../../rollout/durations";
import { failuresOf } from "../../rollout/amounts";
import { FreeTime, Openings } from "../../rollout/time/free-time";
import { DAY_MS, spanMs, spanText } from "../../rollout/time/spans";
import { type Problem } from "../problems";
import { type Gate, type Stage, window } from "../schema/upgrades";
import { duplicates } from "./fleet";
import { type Entry, type RolloutDraft, type StageEntry } from "./rollout-draft";

/** What is wrong with the pace of the rollout stages. */
export function stageSettingProblems(draft: RolloutDraft): Problem[] {
  return draft.stages.flatMap((stage) => [
    ...concurrencyProblems(stage),
    ...failureProblems(stage, draft),
    ...timeoutProblems(stage),
    ...bakeProblems(stage),
    ...fitProblems(stage, draft),
    ...gateProblems(stage),
  ]);
}

function concurrencyProblems({ path, value: { maxConcurrency } }: Entry<Stage>): Problem[] {
  return maxConcurrency === 0 || maxConcurrency === "0%"
    ? [
        {
          rule: "concurrency-none",
          path: [...path, "maxConcurrency"],
          what: "lets no cluster move",
          got: maxConcurrency,
          remedy: "Write 1 or more; what has to stay for a time belongs under pause",
        },
      ]
    : [];
}

/** A stage is through in spite of as many failures: none may count as through although all of its clusters failed. */
function failureProblems({ path, value: { name, maxFailures } }: Entry<Stage>, { sizes }: RolloutDraft): Problem[] {
  const size = sizes.get(name ?? "") ?? Infinity;
  if (maxFailures === undefined || size === 0 || (maxFailures !== "100%" && failuresOf(maxFailures, size) < size)) {
    return [];
  }
  const clusters = size === 1 ? "the only cluster" : size === Infinity ? "all clusters" : `all ${size} clusters`;
  return [
    {
      rule: "failures-all",
      path: [...path, "maxFailures"],
      what: `lets the next stage start although ${clusters} of this one failed`,
      got: maxFailures,
      remedy: size === 1 ? "Write 0" : size === Infinity ? "Write a lower share" : `Write ${size - 1} or less`,
    },
  ];
}

function timeoutProblems({ path, value, states }: Entry<Stage>): Problem[] {
  const { stepTimeout, stepDuration = "0m" } = value;
  if (stepTimeout === undefined) {
    return [];
  }
  if (spanMs(stepTimeout) === 0) {
    return [
      {
        rule: "step-timeout",
        path: [...path, "stepTimeout"],
        what: "lets every step fail at once",
        got: stepTimeout,
        remedy: "Write a time such as 4h, or remove the line",
      },
    ];
  }
  if (spanMs(stepTimeout) >= spanMs(stepDuration)) {
    return [];
  }
  return [
    states("stepTimeout")
      ? {
          rule: "step-timeout",
          path: [...path, "stepTimeout"],
          what: `is shorter than stepDuration, ${stepDuration}: every step would fail`,
          got: stepTimeout,
          remedy: `Write more than ${stepDuration}`,
        }
      : {
          rule: "step-timeout",
          path: [...path, "stepDuration"],
          what: `is longer than stepTimeout, by default ${stepTimeout}: every step would fail`,
          got: stepDuration,
          remedy: `Set stepTimeout to more than ${stepDuration}`,
        },
  ];
}

function bakeProblems({ path, value: { nodesAfter = "0m" } }: Entry<Stage>): Problem[] {
  return spanMs(nodesAfter) > spanMs(EKS_ROLLBACK)
    ? [
        {
          rule: "nodes-after",
          path: [...path, "nodesAfter"],
          what: `is longer than the ${EKS_ROLLBACK} for which EKS takes a control plane back`,
          got: nodesAfter,
          remedy: `Write ${EKS_ROLLBACK} or less`,
        },
      ]
    : [];
}

/** Windows of any year will do: what is right of a configuration does not depend on today. */
const A_YEAR = { from: Date.UTC(2026, 0), to: Date.UTC(2027, 0) + 35 * DAY_MS };

/** A step starts only where it is over before the window closes; windows that overlap or touch are one. */
function fitProblems({ path, value: { name = "", stepDuration } }: Entry<Stage>, { windows }: RolloutDraft): Problem[] {
  const ofStage = windows.filter(({ value, states }) => !states("stages") || value.stages?.includes(name) === true);
  const sound = ofStage.map(({ value }) => window.safeParse(value).data);
  if (stepDuration === undefined || sound.length === 0 || !sound.every((each) => each !== undefined)) {
    return [];
  }
  const free = new FreeTime(
    sound.map((each) => new Openings(each)),
    [A_YEAR],
  );
  const fits = free.first(spanMs(stepDuration), A_YEAR.from, A_YEAR.to) !== undefined;
  const longest = free.longest(A_YEAR.from, A_YEAR.to);
  // Windows that never open say so at run time.
  return fits || longest === undefined
    ? []
    : [
        {
          rule: "step-window",
          path: [...path, "stepDuration"],
          what: `is longer than the longest window of its stage, ${spanText(longest.to - longest.from)}: no step would ever start`,
          got: stepDuration,
          remedy: "Lengthen one of its windows, or shorten stepDuration",
        },
      ];
}

function gateProblems({ path: stage, value, gates }: StageEntry): Problem[] {
  const path = [...stage, "gates"];
  const isFirst = stage.at(-1) === 0;
  return [
    ...(isFirst && gates.length > 0
      ? [
          {
            rule: "gate-first" as const,
            path,
            what: "is set at the first stage, but gates look at the stage before",
            remedy: "Move it to the stage that has to wait, or remove it",
          },
        ]
      : []),
    ...duplicates(
      path,
      (value.gates ?? []).map(({ name }) => name),
      "name",
    ),
    ...gates.flatMap(kindProblems),
  ];
}

function kindProblems({ path, states }: Entry<Gate>): Problem[] {
  if (states("condition") !== states("annotation")) {
    return [];
  }
  return [
    states("condition")
      ? { rule: "gate-kind", path, what: "has a condition and an annotation", remedy: "Keep one of the two" }
      : { rule: "gate-kind", path, what: "has neither a condition nor an annotation", remedy: "Set one of the two" },
  ];
}
