import {
  type ClusterCost,
  COST_KINDS,
  type CostKind,
  type CostPart,
  type Range,
  total,
} from "../../fleet/cost/cluster-cost";
import { type CostChange, totalChange } from "../../fleet/cost/cost-change";
import { type FleetCost } from "../../fleet/cost/fleet-cost";
import { listed } from "../../fleet/words";
import { changeText, usdText } from "../../fleet/cost/money";
import { PRICES_DATED } from "../../fleet/cost/prices";
import { supportCost } from "../../fleet/versions";
import { type Output } from "../output";
import { type Estimate } from "./estimate";

const TITLES: Readonly<Record<CostKind, string>> = {
  "control plane": "CP",
  workers: "WORKERS",
  disks: "DISKS",
  network: "NETWORK",
};
/** More clusters than this are counted instead of named. */
const MOST_NAMED = 5;
const HEAD = ["CLUSTER", "REGION", ...COST_KINDS.map((kind) => TITLES[kind]), "USD/MONTH", "CHANGE"];

/** A line for each cluster, those that go included, and what the figures are and are not. */
export function printCost(estimate: Estimate, out: Output, { parts }: { parts: boolean }): void {
  const { stack, cost, changes, unseen, limit } = estimate;
  out.line(out.style("bold", stack));
  if (changes.length === 0) {
    out.line("No clusters.");
    return;
  }
  const rows = [...changes.map((change) => row(change, unseen === undefined)), totalRow(estimate)];
  out.table(rows, { head: HEAD, cut: [0, 1] });
  if (parts) {
    cost.clusters.forEach((cluster) => printParts(cluster, out));
    out.line();
  }
  unpriced(cost).forEach((line) => out.line(line));
  if (limit !== undefined) out.line(limitLine(cost.usd, limit, out));
  if (unseen !== undefined) out.note(`The change is unknown, for what lives cannot be looked at. ${unseen}`);
  out.line(
    `List price of ${PRICES_DATED} for ${supportCost.hoursPerMonth} hours, without traffic, Savings Plans, tax. ` +
      "(e): estimated, see docs/cost.md.",
  );
}

function row({ name, before, after, usd }: CostChange, seen: boolean): string[] {
  const cluster = after ?? before;
  const cells = after === undefined ? COST_KINDS.map(() => "-") : kindCells(after.parts);
  return [
    name,
    cluster?.region ?? "",
    ...cells,
    after === undefined ? "goes" : sumText(after.usd, after.unknown),
    seen ? changeCell(usd) : "?",
  ];
}

function totalRow({ cost, changes, unseen }: Estimate): string[] {
  const all = cost.clusters.flatMap(({ parts }) => parts);
  const change = unseen === undefined ? changeCell(totalChange(changes)) : "?";
  return ["TOTAL", "", ...kindCells(all), sumText(cost.usd, cost.unknown), change];
}

function changeCell(usd: Range | undefined): string {
  return usd === undefined ? "?" : changeText(usd);
}

function kindCells(parts: readonly CostPart[]): string[] {
  return COST_KINDS.map((kind) => {
    const ofKind = parts.filter((part) => part.kind === kind);
    const known = ofKind.flatMap(({ usd }) => usd ?? []);
    if (known.length === 0) return ofKind.length === 0 ? "-" : "?";
    const estimated = ofKind.some(({ estimate }) => estimate) ? " (e)" : "";
    return `${usdText(total(known))}${estimated}`;
  });
}

function sumText(usd: Range, unknown: readonly string[]): string {
  return `${unknown.length > 0 ? "at least " : ""}${usdText(usd)}`;
}

function printParts({ name, parts }: ClusterCost, out: Output): void {
  out.line();
  out.line(out.style("bold", name));
  out.table(
    parts.map(({ kind, of, usd, estimate }) => [
      kind,
      of,
      usd === undefined ? "?" : `${usdText(usd)}${estimate ? " (e)" : ""}`,
    ]),
    { head: ["PART", "WHAT", "USD/MONTH"], cut: [1] },
  );
}

/** A line for each thing and region without a price, for hundreds of clusters may lack the same. */
function unpriced({ clusters }: FleetCost): string[] {
  const names = new Map<string, string[]>();
  for (const { name, region, unknown } of clusters) {
    for (const what of new Set(unknown.map((of) => `${of} in ${region}`))) {
      const lacking = names.get(what) ?? [];
      lacking.push(name);
      names.set(what, lacking);
    }
  }
  return [...names].map(([what, lacking]) => `No price is known for ${what}: ${listed(lacking, MOST_NAMED)}.`);
}

function limitLine({ least, most }: Range, limit: number, out: Output): string {
  const limitText = `limit of ${usdText(limit)} USD a month (cluster-fleet:cost.monthlyLimit)`;
  if (least > limit)
    return out.style("red", `Over the ${limitText} by ${usdText({ least: least - limit, most: most - limit })}.`);
  return most > limit
    ? out.style(
        "yellow",
        `Over the ${limitText} once the autoscaler makes all machines that it may, by ${usdText(most - limit)}.`,
      )
    : `Within the ${limitText}.`;
}

/** What `--json` prints; documented in docs/cost.md. What is not known is null. */
export function costDocument({ stack, environment, cost, changes, unseen, limit }: Estimate): object {
  const of = new Map(changes.map((change) => [change.name, change]));
  const change = (usd: Range | undefined) => (unseen !== undefined || usd === undefined ? null : cents(usd));
  return {
    stack,
    environment,
    prices: PRICES_DATED,
    usd: cents(cost.usd),
    atLeast: cost.unknown.length > 0,
    change: change(totalChange(changes)),
    limit: limit ?? null,
    clusters: cost.clusters.map(({ name, region, usd, parts, unknown }) => ({
      name,
      region,
      usd: cents(usd),
      atLeast: unknown.length > 0,
      change: change(of.get(name)?.usd),
      parts: parts.map(({ usd: price, ...part }) => ({ ...part, usd: price === undefined ? null : cents(price) })),
    })),
    leaving: changes.flatMap(({ name, before, after }) =>
      before !== undefined && after === undefined ? [{ name, usd: cents(before.usd) }] : [],
    ),
  };
}

function cents({ least, most }: Range): Range {
  const round = (usd: number) => Math.round(usd * 100) / 100;
  return { least: round(least), most: round(most) };
}
