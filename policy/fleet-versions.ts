import {
  type Calendar,
  calendar,
  CLUSTER_API,
  type Distribution,
  distributionOf,
  makesWorkload,
  newestPatch,
  supportOf,
  upgradePath,
  type VersionOverrides,
} from "../fleet/versions";
import type { FleetCluster, RegisteredFleet } from "./registered-fleet";
import { UNKNOWN } from "./values";

/** Config of the rules that ask what Cluster API makes. */
export const CLUSTER_API_CONFIG = {
  type: "string",
  pattern: "^v?\\d+\\.\\d+\\.\\d+$",
  default: CLUSTER_API,
  description: "Release of Cluster API that makes the clusters.",
} as const;

/** A cluster whose versions are stated. */
export interface VersionedCluster {
  readonly cluster: FleetCluster;
  /** What this run declares. */
  readonly version: string;
  /** What Git declares: the same, unless the plan holds the cluster back. */
  readonly target: string;
}

const VERSION = /^v\d+\.\d+\.\d+([-+].+)?$/;

/** Whether a text is a Kubernetes version in full, with its `v`. */
export function isVersion(text: unknown): text is string {
  return typeof text === "string" && VERSION.test(text);
}

/** The clusters whose versions are known and well-formed. A plain cluster states none. */
export function versionedClusters(fleet: RegisteredFleet): VersionedCluster[] {
  return fleet.clusters.flatMap((cluster) => {
    const version = cluster.read("version");
    const target = cluster.read("targetVersion") ?? version;
    return isVersion(version) && isVersion(target) ? [{ cluster, version, target }] : [];
  });
}

/** Whose support counts for a cluster; `undefined` where only the update will know. */
export function distribution(cluster: FleetCluster): Distribution | undefined {
  const family = cluster.read("family");
  return family === UNKNOWN ? undefined : distributionOf(String(family));
}

/** The calendar with the overrides of the stack; `undefined` where only the update will know them. */
export function fleetCalendar(fleet: RegisteredFleet): Calendar | undefined {
  const overrides = fleet.read("versionOverrides");
  return overrides === UNKNOWN ? undefined : calendar(overrides as VersionOverrides | undefined);
}

/** What counts where a cluster is to go. */
export interface Bearings {
  readonly calendar: Calendar;
  readonly distribution: Distribution;
  /** Release of Cluster API that makes the clusters. */
  readonly clusterApi: string;
  readonly now: Date;
}

/** The way from a version to the newest that is supported here, as the end of a message. */
export function wayUp(from: string, { calendar, distribution, clusterApi, now }: Bearings): string {
  const newest = newestSupported({ calendar, distribution, clusterApi, now });
  const [first, ...further] = newest === undefined ? [] : upgradePath(calendar, distribution, from, newest);
  if (first === undefined) {
    return "Tell what is supported under cluster-fleet:versions, or update cluster-fleet.";
  }
  return further.length === 0
    ? `Upgrade to ${first}.`
    : `Upgrade one minor at a time: ${[first, ...further].join(", ")}.`;
}

/** The newest patch of the newest minor that is in standard support and that Cluster API makes. */
export function newestSupported({ calendar, distribution, clusterApi, now }: Bearings): string | undefined {
  const minors = calendar[distribution].map(({ minor }) => `v${minor}.0`);
  const newest = minors.findLast(
    (version) =>
      supportOf(calendar, distribution, version, now).status === "supported" &&
      makesWorkload(version, clusterApi) !== false,
  );
  return (
    newest && (newestPatch(calendar, distribution, newest) ?? newestPatch(calendar, "kubernetes", newest) ?? newest)
  );
}
