import { type Role, ROLES } from "../processes";
import { PHASES, type Phase, type SizeResult, type Variant } from "../size";
import { costOf, median, sum } from "../statistics";
import { type Table } from "./table";
import { REACH, runs, signed, times, VARIANTS, verdict, withSpread } from "./figures";

interface Comparison {
  readonly label: string;
  readonly phase: Phase;
  readonly ours: Variant;
  /** Milliseconds per cluster. */
  readonly reach?: number;
}

/** What is compared with the bare program: every phase, and previews with the policy pack too. */
const COMPARISONS: readonly Comparison[] = PHASES.flatMap((phase): Comparison[] => {
  const preview = phase === "preview";
  const plain = { label: phase, phase, ours: "ours" as const };
  const withPolicies = { label: `${phase}, policies`, phase, ours: "ours with policies" as const };
  if (!preview && phase !== "unchanged preview") return [plain];
  return [
    { ...plain, reach: REACH.previewMsPerCluster },
    { ...withPolicies, reach: REACH.previewWithPoliciesMsPerCluster },
  ];
});

export function timeTable(sizes: readonly SizeResult[]): Table {
  const rows = COMPARISONS.flatMap(({ label, phase, ours, reach }) =>
    sizes.map((size) => {
      const [bareTimes, ourTimes] = [times(size, phase, "bare"), times(size, phase, ours)];
      const difference = median(ourTimes) - median(bareTimes);
      const each = (difference * 1000) / size.clusters;
      return [
        label,
        String(size.clusters),
        withSpread(bareTimes),
        withSpread(ourTimes),
        signed(difference, 2),
        signed(each, 1),
        reach === undefined ? "" : verdict(each, reach, String(reach)),
      ];
    }),
  );
  return {
    title: "Time of a whole run, seconds (median and half the range of all rounds)",
    columns: ["", "clusters", "bare", "ours", "difference", "ms/cluster", "reach"],
    rows,
  };
}

export function costTable(sizes: readonly SizeResult[]): Table {
  const rows = COMPARISONS.flatMap(({ label, phase, ours }) => {
    const difference = (size: SizeResult) => median(times(size, phase, ours)) - median(times(size, phase, "bare"));
    const cost = costOf(new Map(sizes.map((size) => [size.clusters, difference(size)])));
    return cost === undefined ? [] : [[label, signed(cost.fixed, 2), signed(cost.each * 1000, 1)]];
  });
  return {
    title: "Our share as a fixed part and a part for each cluster (line through fewest and most clusters)",
    columns: ["", "fixed, s", "each, ms"],
    rows,
  };
}

/** Unlike the time of a run, it hardly depends on what else the machine does. */
export function processorTable(sizes: readonly SizeResult[]): Table {
  const used = (size: SizeResult, phase: Phase, variant: Variant) =>
    median(
      runs(size, phase, variant).map(({ roles }) => sum(Object.values(roles).map(({ cpuSeconds }) => cpuSeconds))),
    );
  const rows = COMPARISONS.flatMap(({ label, phase, ours }) =>
    sizes.map((size) => {
      const [bareTime, ourTime] = [used(size, phase, "bare"), used(size, phase, ours)];
      const difference = ourTime - bareTime;
      const each = signed((difference * 1000) / size.clusters, 1);
      return [label, String(size.clusters), bareTime.toFixed(2), ourTime.toFixed(2), signed(difference, 2), each];
    }),
  );
  return {
    title: "Processor time of a whole run, all processes, seconds (median)",
    columns: ["", "clusters", "bare", "ours", "difference", "ms/cluster"],
    rows,
  };
}

export function previewProcessorTable(sizes: readonly SizeResult[]): Table {
  const used = (size: SizeResult, variant: Variant, role: Role) =>
    median(runs(size, "preview", variant).map(({ roles }) => roles[role]?.cpuSeconds ?? 0));
  const rows = ROLES.flatMap((role) =>
    sizes.flatMap((size) => {
      const [bare, ours, policies] = VARIANTS.map((variant) => used(size, variant, role)) as [number, number, number];
      if (bare + ours + policies === 0) return [];
      const each = ((ours - bare) * 1000) / size.clusters;
      return [[role, String(size.clusters), bare.toFixed(2), ours.toFixed(2), policies.toFixed(2), signed(each, 1)]];
    }),
  );
  return {
    title: "Processor time of the first preview by process, seconds (median)",
    columns: ["", "clusters", "bare", "ours", "ours, policies", "ms/cluster"],
    rows,
  };
}
