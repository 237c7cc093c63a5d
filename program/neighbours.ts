import * as pulumi from "@pulumi/pulumi";

import { type FleetConfig } from "../fleet/config/config";
import { FleetConfigError } from "../fleet/config/problems";
import { claimedNetworks, type Neighbour, neighbourNotes, neighbourProblems } from "../fleet/network/neighbours";
import { type Observed } from "../fleet/observed";
import { type StackOutputs } from "./earlier-outputs";

/**
 * Compares the addresses of this run with those of the environments beside it, as their stacks' last runs declared them.
 * @returns What a person should know: clusters that live share addresses all the same, and no run can change that.
 * @throws FleetConfigError where a cluster that does not live yet would have addresses of theirs.
 * @throws RunError where a stack does not say which it has: no answer must not pass for "none".
 */
export async function compareNeighbours(
  config: FleetConfig,
  observed: Observed,
  outputs: StackOutputs,
): Promise<string[]> {
  const stacks = new Set([...config.network.neighbours, ...config.peers.flatMap(({ stack }) => stack ?? [])]);
  const neighbours = await Promise.all([...stacks].sort().map((stack) => neighbour(stack, config, outputs)));
  const living = new Set(
    observed.clusters.filter(({ namespace }) => namespace === config.environment).map(({ name }) => name),
  );
  const problems = neighbourProblems(config, neighbours, living);
  if (problems.length > 0) throw new FleetConfigError(problems, "The fleet cannot be declared as configured");
  return neighbourNotes(config, neighbours, living);
}

async function neighbour(stack: string, { environment: own }: FleetConfig, outputs: StackOutputs): Promise<Neighbour> {
  const [environment, networks] = [await outputs(stack)("environment"), await outputs(stack)("networks")];
  if (environment === own) {
    throw new pulumi.RunError(`network.neighbours: stack ${stack} is of this very environment, ${own}. Remove it.`);
  }
  const found = claimedNetworks.safeParse(networks);
  if (found.success) return { stack, ...found.data };
  // Whichever of two stacks is the first to run finds nothing of the other one.
  if (environment === undefined) return { stack, isNew: true, pools: {}, clusters: {} };
  throw new pulumi.RunError(
    `network.neighbours: stack ${stack} has no output "networks". Run pulumi up on it with this version of cluster-fleet.`,
  );
}
