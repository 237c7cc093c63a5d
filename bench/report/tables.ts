import { type LoadTimes, type PlanTimes } from "../in-process";
import { type SizeResult } from "../size";
import { median } from "../statistics";
import { type Table } from "./table";
import { REACH, signed, times, verdict, withSpread } from "./figures";
import { memoryTable, statePartsTable, stateTable } from "./space";
import { costTable, previewProcessorTable, processorTable, timeTable } from "./times";

export interface BenchResult {
  readonly sizes: readonly SizeResult[];
  readonly plan: PlanTimes;
  readonly load: LoadTimes;
}

export function tables({ sizes, plan, load }: BenchResult): Table[] {
  return [
    timeTable(sizes),
    costTable(sizes),
    processorTable(sizes),
    previewProcessorTable(sizes),
    memoryTable(sizes),
    stateTable(sizes),
    statePartsTable(sizes),
    apartTable(sizes, plan, load),
  ].filter(({ rows }) => rows.length > 0);
}

function apartTable(sizes: readonly SizeResult[], plan: PlanTimes, load: LoadTimes): Table {
  const reach = verdict(median(plan.livingFleet), REACH.planSeconds, `${REACH.planSeconds} s`);
  const many = `${plan.clusters} clusters`;
  return {
    title: "Apart, seconds",
    columns: ["", "time", "reach"],
    rows: [
      ...sizes.map(({ clusters, observation }) => [`look at ${clusters} living clusters`, withSpread(observation), ""]),
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
