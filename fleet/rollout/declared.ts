import { type FleetConfig } from "../config/config";
import { type PlannedCluster } from "../planned";
import { minorOf } from "../versions";
import { type Candidate } from "./candidate";
import { asItLives } from "./held";
import { sameRevision } from "./revision";
import { type Decision } from "./types";
import { versionThrough } from "./version-through";

/** A cluster as this run declares it: at its target, on the way there, or as it lives. */
export function declaredCluster(candidate: Candidate, decision: Decision, config: FleetConfig): PlannedCluster {
  const { alive, target } = candidate;
  if (alive === undefined) return target;
  const { nodeGroups: _groups, ...planned } = withoutGroups(candidate, decision, config);
  const version = planned.version && versionThrough(minorOf(planned.version), candidate.config, config);
  const nodeGroups = candidate.groupsAt(version, decision.nodes);
  return {
    ...planned,
    ...(nodeGroups.length === 0 ? {} : { nodeGroups }),
    ...(decision.step === undefined ? {} : { step: decision.step }),
  };
}

function withoutGroups(
  { alive, target, targetAt, config: cluster }: Candidate,
  decision: Decision,
  config: FleetConfig,
) {
  const { action, declare } = decision;
  if (sameRevision(declare, decision.target) || alive === undefined) return target;
  if (action !== "step" || declare.kubernetes === undefined) return asItLives(target, alive);
  const onTheWay = targetAt(versionThrough(minorOf(declare.kubernetes), cluster, config));
  return { ...onTheWay, ...(target.version === undefined ? {} : { targetVersion: target.version }) };
}
