import { type ClusterConfig, type FleetConfig } from "../config/config";
import { type PlannedCluster } from "../planned";
import { type Candidate, rolloutCluster } from "./candidate";
import { declaredCluster } from "./declared";
import { type Decision, type RolloutCluster } from "./types";

/** How clusters that are made in one way take part in rollouts; what it knows of them stays in it. */
export interface RolloutAdapter {
  /** What `decide` needs to know of a cluster. @param reconciled Names of the class revisions that may be pointed at. */
  readonly observed: (candidate: Candidate, config: FleetConfig, reconciled: ReadonlySet<string>) => RolloutCluster;
  /** What a run declares of it, by what was decided. */
  readonly declared: (candidate: Candidate, decision: Decision, config: FleetConfig) => PlannedCluster;
}

/** One for each `via`. */
const ADAPTERS: Readonly<Record<ClusterConfig["via"], RolloutAdapter>> = {
  "cluster-api": { observed: rolloutCluster, declared: declaredCluster },
};

export function adapterOf({ config: { via } }: Candidate): RolloutAdapter {
  return ADAPTERS[via];
}
