import { type ObservedCluster, type ReplicaCounts } from "../fleet/observed";
import { type Calendar, type Support } from "../fleet/versions";
import { clusterFacts, type ClusterFacts } from "./cluster-facts";
import { DEFAULT_COLUMNS, type Style } from "./output";
import { cutEnd, renderTable } from "./table";

export interface FleetTableOptions {
  /** Width to stay within: names, classes and reasons are cut. Default 100; `Infinity` cuts nothing. */
  readonly columns?: number;
  /** The moment that ages and support days are counted from; default: now. */
  readonly now?: Date;
  /** The version calendar that counts for a cluster. Default: the one that ships with this version. */
  readonly calendarOf?: (cluster: ObservedCluster) => Calendar | undefined;
  /** Default: no colour. */
  readonly style?: (style: Style, text: string) => string;
}

/** Support that ends within this many days is marked. */
const SOON_DAYS = 90;

/**
 * The fleet, a line a cluster; below it, a line for each cluster that is not available or not settled, and why; at the
 * end how many there are. Namespaces and stages are shown where there is something to tell apart.
 */
export function fleetTable(clusters: readonly ObservedCluster[], options: FleetTableOptions = {}): string {
  if (clusters.length === 0) {
    return "No clusters.";
  }
  const { columns = DEFAULT_COLUMNS, now = new Date(), calendarOf, style = (_style, text) => text } = options;
  const facts = clusters.map((cluster) => clusterFacts(cluster, { now, calendar: calendarOf?.(cluster) }));
  const shown = COLUMNS.filter(({ when }) => when === undefined || when(facts));
  const lines = renderTable(
    facts.map((each) => shown.map(({ cell }) => cell(each, style))),
    {
      head: shown.map(({ title }) => title),
      columns,
      cut: shown.flatMap(({ least }, index) => (least === undefined ? [] : [index])),
      least: Object.fromEntries(shown.map(({ least = 0 }, index) => [index, least])),
    },
  );
  const reasons = clusters
    .filter(({ reason }) => reason !== "")
    .map(({ name, reason }) => cutEnd(`${name}: ${reason}`, columns));
  return [...lines, ...reasons, summary(clusters)].join("\n");
}

/** `3 clusters, 3 available, 2 settled` */
export function summary(clusters: readonly ObservedCluster[]): string {
  const count = (has: (cluster: ObservedCluster) => boolean) => clusters.filter(has).length;
  const noun = clusters.length === 1 ? "cluster" : "clusters";
  const [available, settled] = [count((cluster) => cluster.available), count((cluster) => cluster.settled)];
  return `${clusters.length} ${noun}, ${available} available, ${settled} settled`;
}

interface Column {
  readonly title: string;
  cell(facts: ClusterFacts, style: NonNullable<FleetTableOptions["style"]>): string;
  /** Cut where the table is too wide, but not below this; such cells are not coloured. Absent: never cut. */
  readonly least?: number;
  /** Shown only then. */
  when?(all: readonly ClusterFacts[]): boolean;
}

const COLUMNS: readonly Column[] = [
  {
    title: "NAMESPACE",
    cell: ({ cluster }) => cluster.namespace,
    least: 9,
    when: (all) => new Set(all.map(({ cluster }) => cluster.namespace)).size > 1,
  },
  { title: "CLUSTER", cell: ({ cluster }) => cluster.name, least: 14 },
  { title: "VERSION", cell: ({ cluster }) => cluster.version ?? "-" },
  { title: "AVAIL", cell: ({ cluster }, style) => yesNo(cluster.available, "red", style) },
  { title: "SETTLED", cell: ({ cluster }, style) => yesNo(cluster.settled, "yellow", style) },
  { title: "CP", cell: ({ cluster }) => ready(cluster.controlPlane) },
  { title: "WORKERS", cell: ({ cluster }) => ready(cluster.workers) },
  { title: "AGE", cell: ({ ageSeconds }) => age(ageSeconds) },
  { title: "SUPPORT", cell: ({ support }, style) => supportLeft(support, style) },
  { title: "CLASS", cell: ({ family }) => family, least: 7 },
  {
    title: "STAGE",
    cell: ({ stage }) => stage ?? "-",
    least: 6,
    when: (all) => all.some(({ stage }) => stage !== undefined),
  },
];

export function ready({ ready, desired }: ReplicaCounts): string {
  return `${ready}/${desired}`;
}

function yesNo(value: boolean, no: Style, style: NonNullable<FleetTableOptions["style"]>): string {
  return value ? "yes" : style(no, "no");
}

/** `98d`; `ext 98d` in extended support, which costs more; `ended`; `-` where the calendar does not know the minor. */
function supportLeft(support: Support | undefined, style: NonNullable<FleetTableOptions["style"]>): string {
  switch (support?.status) {
    case "supported": {
      const left = `${support.daysLeft}d`;
      return (support.daysLeft ?? 0) < SOON_DAYS ? style("yellow", left) : left;
    }
    case "extended":
      return style("yellow", `ext ${support.daysLeft}d`);
    case "ended":
      return style("red", "ended");
    default:
      return "-";
  }
}

/** One unit is enough to tell a new cluster from an old one: 42s, 7m, 5h, 12d. */
function age(seconds: number): string {
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}
