import { contentHash } from "../../content-hash";
import { ONLY_STAGE, type Stage, type Upgrades } from "../../config/schema/upgrades";
import { controlPlaneMs, nodesMs } from "../durations";
import { spanMs } from "../time/spans";
import { ADD_ONS_MS } from "../track-steps";
import { type RolloutCluster } from "../types";
import { type Failures, type SimulatedKind } from "./types";

/** The stages of a configuration, by name. */
export function stagesByName({ stages }: Upgrades): ReadonlyMap<string, Stage> {
  return new Map((stages.length > 0 ? stages : [ONLY_STAGE]).map((stage) => [stage.name, stage]));
}

/**
 * How long something takes in the simulation, milliseconds. Windows are fitted with the whole of a step for control plane
 * and node groups each; here they share it.
 */
export function takesMs({ live, stepMs }: RolloutCluster, kind: SimulatedKind, stage: Stage | undefined): number {
  const whole = stage?.stepDuration === undefined ? stepMs : spanMs(stage.stepDuration);
  switch (kind) {
    case "adopt":
      return 0;
    case "create":
      return stepMs;
    case "step":
      return live?.nodeGroups === undefined ? whole : controlPlaneMs(whole);
    case "nodes":
      return nodesMs(whole);
    case "add-ons":
      return ADD_ONS_MS;
  }
}

/** Tells of each step whether it fails; the answer does not depend on the order in which steps are taken. */
export function failing({ clusters = [], rate = 0, seed = 0 }: Failures = {}) {
  const next = new Set(clusters);
  return (cluster: string, kind: SimulatedKind, to: string): boolean => {
    if (kind !== "step" && kind !== "nodes") return false;
    return next.delete(cluster) || chance(`${seed} ${cluster} ${kind} ${to}`) < rate;
  };
}

/** A number from 0 to below 1 that looks like chance, the same for the same text. */
function chance(text: string): number {
  return parseInt(contentHash(text).slice(0, 8), 16) / 2 ** 32;
}
