import { clusterFacts } from "../cluster-facts";
import { fleetTable, summary } from "../fleet-table";
import { type Output } from "../output";
import { type Fleet, type FleetMember } from "./look";
import { isNarrowed, isReady, select, type Selection } from "./selection";

export interface ReportOptions {
  readonly out: Output;
  readonly wanted: Selection;
  /** Cut nothing. Default false. */
  readonly wide?: boolean;
}

export interface Reported {
  /** What was reported on. */
  readonly members: readonly FleetMember[];
  /** There are clusters, each is available and settled, and none that was declared is missing. */
  readonly ready: boolean;
}

/** Prints a fleet, or the part of it that is wanted. */
export function report(fleet: Fleet, options: ReportOptions): Reported {
  const reported = reportedOf(fleet, options.wanted);
  const { out } = options;
  if (out.json) {
    out.data(fleetDocument(fleet, reported));
  } else {
    out.line(fleetText(fleet, reported, options));
  }
  return reported;
}

/**
 * `--not-ready` asks which clusters keep the fleet from being ready, so whether it is ready is judged without it: an
 * empty list is the good answer.
 */
export function reportedOf(fleet: Fleet, wanted: Selection): Reported {
  const judged = select(fleet.clusters, { ...wanted, notReady: false });
  const missing = isNarrowed({ ...wanted, notReady: false }) ? [] : fleet.missing;
  return {
    members: wanted.notReady ? judged.filter((member) => !isReady(member)) : judged,
    ready: judged.length > 0 && judged.every(isReady) && missing.length === 0,
  };
}

export function fleetText(fleet: Fleet, { members }: Reported, { out, wanted, wide = false }: ReportOptions): string {
  const clusters = members.map(({ cluster }) => cluster);
  const calendars = new Map(members.map(({ cluster, calendar }) => [cluster, calendar]));
  const missing = isNarrowed(wanted) ? [] : fleet.missing;
  const lines = missing.map((name) =>
    out.style("red", `${name} was declared by the last pulumi up and does not live.`),
  );
  const none = wanted.notReady && clusters.length === 0 && fleet.clusters.length > 0;
  const table = none
    ? "Every cluster is available and settled."
    : fleetTable(clusters, {
        columns: wide ? Infinity : out.columns,
        now: fleet.at,
        calendarOf: (cluster) => calendars.get(cluster),
        style: out.style,
      });
  return [table, ...lines].join("\n");
}

/** What `--json` prints; documented in docs/cli.md. Every key is always there; what is not known is null. */
export function fleetDocument(fleet: Fleet, { members, ready }: Reported): object {
  const clusters = members.map(({ cluster }) => cluster);
  return {
    at: fleet.at.toISOString(),
    ready,
    summary: {
      clusters: clusters.length,
      available: clusters.filter(({ available }) => available).length,
      settled: clusters.filter(({ settled }) => settled).length,
    },
    missing: fleet.missing,
    clusters: members.map((member) => clusterDocument(member, fleet.at)),
  };
}

function clusterDocument({ stack, environment, cluster, calendar }: FleetMember, now: Date): object {
  const { family, region, stage, ageSeconds, support } = clusterFacts(cluster, { now, calendar });
  return {
    name: cluster.name,
    namespace: cluster.namespace,
    stack,
    environment,
    class: family,
    classRevision: cluster.classRef ?? null,
    region: region ?? null,
    stage: stage ?? null,
    version: cluster.version ?? null,
    available: cluster.available,
    settled: cluster.settled,
    deleting: cluster.deleting,
    reason: cluster.reason,
    controlPlane: cluster.controlPlane,
    workers: cluster.workers,
    created: cluster.created,
    ageSeconds,
    support: {
      status: support?.status ?? "unknown",
      until: support?.until ?? null,
      daysLeft: support?.daysLeft ?? null,
    },
  };
}

/** For a line in a log. */
export function summaryOf({ members }: Reported): string {
  return summary(members.map(({ cluster }) => cluster));
}
