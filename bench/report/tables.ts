import { type DecideTimes } from "../decide";
import { type LoadTimes, type PlanTimes } from "../in-process";
import { type ObservationTimes } from "../observation";
import { type SizeResult } from "../size";
import { median } from "../statistics";
import { type Table } from "./table";
import { mebibytes, REACH, signed, times, verdict, withSpread } from "./figures";
import { memoryTable, statePartsTable, stateTable } from "./space";
import { costTable, previewProcessorTable, processorTable, timeTable } from "./times";

export interface BenchResult {
  readonly sizes: readonly SizeResult[];
  readonly plan: PlanTimes;
  readonly rollout: DecideTimes;
  readonly load: LoadTimes;
  readonly observation: ObservationTimes;
}

export function tables({ sizes, plan, rollout, load, observation }: BenchResult): Table[] {
  return [
    timeTable(sizes),
    costTable(sizes),
    processorTable(sizes),
    previewProcessorTable(sizes),
    memoryTable(sizes),
    stateTable(sizes),
    statePartsTable(sizes),
    decideTable(rollout),
    observationTable(observation),
    apartTable(sizes, plan, load),
  ].filter(({ rows }) => rows.length > 0);
}

function decideTable({ clusters, fleets }: DecideTimes): Table {
  return {
    title: `Decide which of ${clusters} clusters move, each time in a process of its own`,
    columns: ["", "seconds", "reach", "peak, MiB", "reach"],
    rows: Object.entries(fleets).map(([name, runs]) => {
      const seconds = runs.map((run) => run.seconds);
      const peak = Math.max(...runs.map(({ peakBytes }) => peakBytes));
      return [
        name,
        withSpread(seconds),
        verdict(median(seconds), REACH.decideSeconds, String(REACH.decideSeconds)),
        mebibytes(peak),
        verdict(peak, REACH.decideBytes, mebibytes(REACH.decideBytes)),
      ];
    }),
  };
}

function observationTable({ clusters, ours, bare }: ObservationTimes): Table {
  const reach = verdict(median(ours), REACH.observationSeconds, String(REACH.observationSeconds));
  return {
    title: "A look at clusters with control planes, machine sets, node groups and add-ons, seconds",
    columns: ["clusters", "bare lists", "ours", "ours / bare", "reach"],
    rows: [[String(clusters), withSpread(bare), withSpread(ours), (median(ours) / median(bare)).toFixed(2), reach]],
  };
}

function apartTable(sizes: readonly SizeResult[], plan: PlanTimes, load: LoadTimes): Table {
  const reach = verdict(median(plan.livingFleet), REACH.planSeconds, `${REACH.planSeconds} s`);
  const many = `${plan.clusters} clusters`;
  return {
    title: "Apart, seconds",
    columns: ["", "time", "reach"],
    rows: [
      ...sizes.map(({ clusters, observation }) => [`look at ${clusters} paused clusters`, withSpread(observation), ""]),
      ...sizes.flatMap((size) =>
        (["preview", "unchanged preview"] as const).map((phase) => {
          const added = median(times(size, phase, "ours with policies")) - median(times(size, phase, "ours"));
          return [
            `policy pack in a${phase === "preview" ? "" : "n"} ${phase} of ${size.clusters}`,
            signed(added, 2),
            "",
          ];
        }),
      ),
      [`check the configuration of ${many}`, withSpread(plan.parse), ""],
      [`configuration to plan, ${many}, none lives`, withSpread(plan.newFleet), ""],
      [`configuration to plan, ${many}, all live`, withSpread(plan.livingFleet), reach],
      ["start Node and load the bare program", withSpread(load.bare), ""],
      ["start Node and load our program", withSpread(load.ours), ""],
    ],
  };
}
