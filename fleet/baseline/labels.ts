/** Labels by which base configuration and add-ons find their clusters; part of the vocabulary in `fleet/labels.ts`. */

/** On a cluster and on all that belongs to a revision: the revision of the base configuration, `base-<hash>`. */
export const BASE = "cluster-fleet.io/base";

/**
 * On a cluster and on its add-ons: the track whose add-ons the cluster has, called after the stage that it was made in.
 * It stays when the cluster's stage changes: a cluster that an add-on no longer selects would lose it, its network too.
 */
export const TRACK = "cluster-fleet.io/add-ons";

/** Track of clusters that were made where no stages are declared. */
export const DEFAULT_TRACK = "default";

/** On an add-on: its name. */
export const ADD_ON = "cluster-fleet.io/add-on";

/** On a cluster: {@link ON} where it has the monitoring agent; else absent. */
export const MONITORING = "cluster-fleet.io/monitoring";

/** On a cluster: {@link ON} where it has the log agent; else absent. */
export const LOGGING = "cluster-fleet.io/logging";

export const ON = "true";

/** On a resource set, an annotation: when a cluster was last given it again, so that Cluster API looks at it. */
export const RESTORED = "cluster-fleet.io/restored";

/** What a cluster's base configuration makes of its labels. */
export interface ClusterBaseline {
  /** Revision of the base configuration, `base-<hash>`. */
  readonly revision: string;
  readonly track: string;
  readonly monitoring?: boolean;
  readonly logging?: boolean;
}

/** The labels of a cluster that takes part in the base configuration; none of one that does not. */
export function baselineLabels(baseline: ClusterBaseline | undefined): Record<string, string> {
  if (baseline === undefined) return {};
  const { revision, track, monitoring, logging } = baseline;
  return {
    [BASE]: revision,
    [TRACK]: track,
    ...(monitoring === true ? { [MONITORING]: ON } : {}),
    ...(logging === true ? { [LOGGING]: ON } : {}),
  };
}
