import Table from "cli-table3";

import { type ObservedCluster, type ReplicaCounts } from "../fleet/observed";

export interface FleetTableOptions {
  /** Width of the terminal in columns; default 100. Reasons are cut to fit. */
  readonly columns?: number;
  /** The moment that ages are counted from; default: now. */
  readonly now?: Date;
}

const HEAD = ["NAMESPACE", "CLUSTER", "VERSION", "AVAILABLE", "SETTLED", "CONTROL PLANE", "WORKERS", "AGE"];

/** The fleet, a line a cluster; below it, a line for each cluster that is not available or not settled, and why. */
export function fleetTable(
  clusters: readonly ObservedCluster[],
  { columns = 100, now }: FleetTableOptions = {},
): string {
  if (clusters.length === 0) {
    return "No clusters.";
  }
  const table = new Table({
    head: HEAD,
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  table.push(...clusters.map((cluster) => row(cluster, now ?? new Date())));
  const reasons = clusters
    .filter(({ reason }) => reason !== "")
    .map(({ name, reason }) => cut(`${name}: ${reason}`, columns));
  return [
    ...table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd()),
    ...reasons,
  ].join("\n");
}

function row(cluster: ObservedCluster, now: Date): string[] {
  return [
    cluster.namespace,
    cluster.name,
    cluster.version ?? "-",
    yesNo(cluster.available),
    yesNo(cluster.settled),
    ready(cluster.controlPlane),
    ready(cluster.workers),
    age(cluster.created, now),
  ];
}

function ready({ ready, desired }: ReplicaCounts): string {
  return `${ready}/${desired}`;
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** One unit is enough to tell a new cluster from an old one: 42s, 7m, 5h, 12d. */
function age(created: string, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(created)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

const NO_LINES = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((part) => [part, ""]),
);
