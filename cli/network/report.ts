import { describeProblem } from "../../fleet/config/problems";
import { type Output } from "../output";
import { type Assigned } from "./assign";
import { type ClusterAddresses, type NetworkOverview, type PoolUse } from "./overview";

const NONE = "-";

/** What `--json` prints of a stack. */
export function networkDocument(stack: string, overview: NetworkOverview, assigned: readonly Assigned[]): unknown {
  const { clusters, pools, others, proposed, problems } = overview;
  return {
    stack,
    clusters: clusters.map((each) => {
      const proposedSlot = proposed.get(each.cluster);
      return proposedSlot === undefined ? each : { ...each, proposedSlot };
    }),
    pools,
    notForClusters: others,
    assigned,
    problems: problems.map(describeProblem),
  };
}

/** Tables of the clusters, their subnets where asked for, the pools, and who else has addresses. */
export function printNetwork(
  stack: string,
  { clusters, pools, others, proposed, problems }: NetworkOverview,
  out: Output,
  { subnets }: { readonly subnets: boolean },
): void {
  out.line(out.style("bold", stack));
  if (clusters.length === 0) {
    out.line("No clusters on AWS.");
  } else {
    out.table(
      clusters.map((cluster) => clusterRow(cluster, proposed)),
      { head: ["CLUSTER", "REGION", "SLOT", "VPC", "PODS", "SERVICES", "NODES"], cut: [0] },
    );
  }
  if (subnets) {
    out.line("");
    out.table(
      clusters.flatMap(({ cluster, subnets }) =>
        subnets.map(({ zone, use, range, addresses }) => [cluster, zone, use, range, String(addresses)]),
      ),
      { head: ["CLUSTER", "ZONE", "SUBNET", "RANGE", "ADDRESSES"], cut: [0] },
    );
  }
  if (pools.length > 0) {
    out.line("");
    out.table(pools.map(poolRow), { head: ["POOL", "RANGE", "SLOTS", "FREE"], cut: [3] });
  }
  for (const { name, range } of others) {
    out.line(`Not for clusters: ${range} (${name})`);
  }
  if (problems.length > 0) {
    out.note(`The configuration has ${problems.length} problem(s), and is shown as far as it is right:`);
    problems.forEach((problem) => out.note(`  ${describeProblem(problem)}`));
  }
}

function clusterRow(
  { cluster, region = NONE, slot, vpc = NONE, pods = NONE, services = NONE, subnets }: ClusterAddresses,
  proposed: NetworkOverview["proposed"],
): string[] {
  const next = proposed.get(cluster);
  const nodes = subnets.filter(({ use }) => use === "nodes");
  return [
    cluster,
    region,
    slot === undefined ? (next === undefined ? NONE : `(${next})`) : String(slot),
    vpc,
    pods,
    services,
    nodes.length === 0 ? NONE : `${nodes.length} x ${nodes[0]?.addresses}`,
  ];
}

function poolRow({ region, range, clusterSize, slots, free }: PoolUse): string[] {
  const which = free.length === 0 ? "" : `: ${numbers(free)}`;
  return [region, range, `${slots} of /${clusterSize}`, `${free.length}${which}`];
}

/** `0, 3-15` */
export function numbers(sorted: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(", ");
}
