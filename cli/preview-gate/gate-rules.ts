import { type FleetConfig } from "../../fleet/config/config";
import { type PreviewConfig } from "../../fleet/config/schema/preview";
import { type Amount } from "../../fleet/config/schema/times";
import { concurrencyOf } from "../../fleet/rollout/amounts";

/** What a stack allows its runs to do. */
export interface GateRules {
  /** Namespace of its clusters. */
  readonly namespace: string;
  /** Clusters that may go. */
  readonly decommission: readonly string[];
  /** Classes of the clusters that stay: of what does not change, a preview shows nothing. */
  readonly classes: ReadonlySet<string>;
  readonly waivers: PreviewConfig["waivers"];
  /** Most clusters that one run may change. */
  readonly maxClusters: number;
  /** The moment at which waivers are judged. */
  readonly now: Date;
}

/** One team's attention: whoever changes more clusters at once should say so. */
const MOST_CLUSTERS = 10;

/** @param maxClusters Wins over the stack's own. */
export function gateRules(config: FleetConfig, now: Date, maxClusters = config.preview.maxClusters): GateRules {
  return {
    namespace: config.environment,
    decommission: config.decommission,
    classes: classesOf(config),
    waivers: config.preview.waivers,
    maxClusters: mostClusters(config, maxClusters),
    now,
  };
}

function classesOf({ clusters, decommission }: FleetConfig): ReadonlySet<string> {
  const stay = Object.entries(clusters).filter(([name]) => !decommission.includes(name));
  return new Set(stay.flatMap(([, cluster]) => cluster.class ?? []));
}

/** By default no rollout is refused for the pace that its stages were given. */
function mostClusters({ clusters, upgrades }: FleetConfig, wanted: Amount | undefined): number {
  const all = Object.values(clusters);
  if (wanted !== undefined) return concurrencyOf(wanted, all.length);
  const paces = upgrades.stages.map(({ name, maxConcurrency }) =>
    concurrencyOf(maxConcurrency, all.filter(({ stage }) => stage === name).length),
  );
  return Math.max(MOST_CLUSTERS, ...paces);
}
