import { PLAIN } from "../fleet/families";
import { CLASS, REGION, STAGE } from "../fleet/labels";
import { type ObservedCluster } from "../fleet/observed";
import { calendar as shippedCalendar, type Calendar, distributionOf, type Support, supportOf } from "../fleet/versions";

/** A living cluster with what follows from it; what the tables show and `--json` prints. */
export interface ClusterFacts {
  readonly cluster: ObservedCluster;
  /** Its class family, or `plain`; of a class that is not ours, the class's own name. */
  readonly family: string;
  readonly region: string | undefined;
  readonly stage: string | undefined;
  readonly ageSeconds: number;
  /** Absent where it has no version that is known. */
  readonly support: Support | undefined;
}

export interface FactsOptions {
  readonly now: Date;
  /** Default: the one that ships with this version. */
  readonly calendar?: Calendar | undefined;
}

export function clusterFacts(
  cluster: ObservedCluster,
  { now, calendar = shippedCalendar() }: FactsOptions,
): ClusterFacts {
  const { labels, version, created } = cluster;
  const family = labels[CLASS] ?? cluster.classRef ?? PLAIN;
  return {
    cluster,
    family,
    region: labels[REGION],
    stage: labels[STAGE],
    ageSeconds: Math.max(0, Math.floor((now.getTime() - Date.parse(created)) / 1000)),
    support: version === undefined ? undefined : supportOf(calendar, distributionOf(family), version, now),
  };
}
