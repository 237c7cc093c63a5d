import { type Measurement } from "../measure";
import { type Role, ROLES } from "../processes";
import { PHASES, type SizeResult, type Variant } from "../size";
import { biggestDifferences, type StateSize } from "../state";
import { costOf } from "../statistics";
import { type Table } from "./table";
import { mebibytes, REACH, runs, VARIANTS, verdict } from "./figures";

export function memoryTable(sizes: readonly SizeResult[]): Table {
  const peak = (size: SizeResult, variant: Variant, of: (run: Measurement) => number) =>
    Math.max(...PHASES.flatMap((phase) => runs(size, phase, variant).map(of)));
  const row = (size: SizeResult, label: string, of: (run: Measurement) => number, reach?: number) => {
    const [bare, ours, policies] = VARIANTS.map((variant) => peak(size, variant, of)) as [number, number, number];
    const judged = reach === undefined ? "" : verdict(ours, reach, mebibytes(reach));
    return [label, String(size.clusters), mebibytes(bare), mebibytes(ours), mebibytes(policies), judged];
  };
  const of = (role: Role) => (run: Measurement) => run.roles[role]?.peakBytes ?? 0;
  return {
    title: "Peak of the resident memory over all runs, MiB",
    columns: ["", "clusters", "bare", "ours", "ours, policies", "reach"],
    rows: [
      ...sizes.map((size) => row(size, "all processes together", ({ peakBytes }) => peakBytes)),
      ...ROLES.flatMap((role) =>
        sizes.map((size) => row(size, role, of(role), role === "program" ? REACH.programBytes : undefined)),
      ),
    ],
  };
}

export function stateTable(sizes: readonly SizeResult[]): Table {
  const row = (label: string, bare: Bytes, ours: Bytes) => [
    label,
    bare.bytes.toFixed(0),
    ours.bytes.toFixed(0),
    (ours.bytes - bare.bytes).toFixed(0),
    (ours.compactBytes - bare.compactBytes).toFixed(0),
    verdict(ours.bytes - bare.bytes, REACH.stateBytesPerCluster, String(REACH.stateBytesPerCluster)),
  ];
  const [bareEach, oursEach] = [eachFurther(sizes, "bare"), eachFurther(sizes, "ours")];
  return {
    title: "State after a refresh, bytes per cluster (pulumi stack export)",
    columns: ["clusters", "bare", "ours", "our share", "not indented", "reach"],
    rows: [
      ...sizes.map(({ clusters, state: { bare, ours } }) =>
        row(String(clusters), perCluster(bare, clusters), perCluster(ours, clusters)),
      ),
      ...(bareEach === undefined || oursEach === undefined ? [] : [row("each further one", bareEach, oursEach)]),
    ],
  };
}

type Bytes = Pick<StateSize, "bytes" | "compactBytes">;

function perCluster({ bytes, compactBytes }: Bytes, clusters: number): Bytes {
  return { bytes: bytes / clusters, compactBytes: compactBytes / clusters };
}

function eachFurther(sizes: readonly SizeResult[], variant: "bare" | "ours"): Bytes | undefined {
  const each = (of: keyof Bytes) =>
    costOf(new Map(sizes.map(({ clusters, state }) => [clusters, state[variant][of]])))?.each;
  const [bytes, compactBytes] = [each("bytes"), each("compactBytes")];
  return bytes === undefined || compactBytes === undefined ? undefined : { bytes, compactBytes };
}

const PARTS = 8;

export function statePartsTable(sizes: readonly SizeResult[]): Table {
  const largest = sizes.at(-1);
  const parts = largest === undefined ? [] : biggestDifferences(largest.state.ours, largest.state.bare);
  return {
    title: `The biggest parts of our share of the state at ${largest?.clusters} clusters`,
    columns: ["resource and field", "bytes per cluster"],
    rows: parts.slice(0, PARTS).map(([part, bytes]) => [part, (bytes / (largest?.clusters ?? 1)).toFixed(0)]),
  };
}
