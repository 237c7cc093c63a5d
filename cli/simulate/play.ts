import { type FleetConfig } from "../../fleet/config/config";
import { type Upgrades } from "../../fleet/config/schema/upgrades";
import { rolloutAhead } from "../../fleet/plan";
import { zoneOf } from "../../fleet/rollout/report";
import { assumedAhead } from "../../fleet/rollout/simulate/assumed";
import { simulate } from "../../fleet/rollout/simulate/simulate";
import { type Simulation } from "../../fleet/rollout/simulate/types";
import { type RolloutInput } from "../../fleet/rollout/types";
import { nearest } from "../../fleet/suggest";
import { withConfig } from "../checked-config";
import { UsageError } from "../errors";
import { type StackContext } from "../stack-context";
import { type SimulationWish } from "./options";

/** A simulation with what its reports need beside it. */
export interface Played {
  readonly stack: string;
  readonly upgrades: Upgrades;
  readonly simulation: Simulation;
  readonly clusters: number;
  /** For all times. */
  readonly zone: string;
  /** At which every cluster is taken to live; absent where what lives was looked at. */
  readonly assumedVersion?: string;
  readonly withoutApproval: boolean;
}

/** @throws FleetConfigError with the places of its mistakes; ManagementClusterError; UsageError for unknown clusters. */
export async function play(stack: StackContext, wish: SimulationWish): Promise<Played> {
  const { assumedVersion } = wish;
  return withConfig(stack, async (config) => {
    const input = assumedVersion === undefined ? await inputOf(stack, config) : assumedAhead(config, assumedVersion);
    return playedFrom(stack.name, input, wish);
  });
}

export function playedFrom(stack: string, input: RolloutInput, wish: SimulationWish): Played {
  const { assumedVersion, zone = zoneOf(input.upgrades), withoutApproval = false } = wish;
  checkFailing(wish.failures?.clusters ?? [], input);
  return {
    stack,
    upgrades: input.upgrades,
    simulation: simulate(input, wish),
    clusters: input.clusters.length,
    zone,
    withoutApproval,
    ...(assumedVersion === undefined ? {} : { assumedVersion }),
  };
}

async function inputOf(stack: StackContext, config: FleetConfig): Promise<RolloutInput> {
  const { observe } = await import("../../live/observe");
  const { managementSide, managementSource } = await import("../management-source");
  const source = await managementSource(stack, config.management);
  const observed = await observe({ source, namespace: config.environment });
  return rolloutAhead(config, observed, await managementSide(stack, config.management));
}

function checkFailing(names: readonly string[], { clusters }: RolloutInput): void {
  const known = clusters.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const remedy = meant === undefined ? "Name clusters that the stack declares" : `Did you mean ${meant}`;
  throw new UsageError(`--fail: there is no cluster ${unknown}. ${remedy}${meant === undefined ? "." : "?"}`);
}
