import * as pulumi from "@pulumi/pulumi";

import { type Peer } from "../fleet/config/schema/fleet";
import { availableVersions, peerVersion, type PeerVersion } from "../fleet/peers";
import { type KubeconfigSource } from "../live/management-client";
import { observe } from "../live/observe";
import { type StackOutputs } from "./earlier-outputs";

/**
 * What the environments named under `cluster-fleet:peers` run: as observed, or as their stacks say.
 * @param source Absent where the management cluster is yet to be built, so that nobody runs anything there.
 */
export async function peerVersions(
  peers: readonly Peer[],
  source: KubeconfigSource | undefined,
  outputs: StackOutputs,
): Promise<PeerVersion[]> {
  const observed = async (namespace: string) =>
    source === undefined ? [] : availableVersions(await observe({ source, namespace }));
  return Promise.all(
    peers.map(async ({ environment, stack }) =>
      peerVersion(environment, await (stack === undefined ? observed(environment) : stackVersions(stack, outputs))),
    ),
  );
}

/** @throws RunError where the stack has no output of cluster-fleet: no answer must not pass for "nothing runs there". */
async function stackVersions(stack: string, outputs: StackOutputs): Promise<string[]> {
  const value = await outputs(stack)("versions");
  if (typeof value !== "object" || value === null) {
    throw new pulumi.RunError(
      `peers: stack ${stack} has no output "versions". Run pulumi up on it once, or correct its name.`,
    );
  }
  return Object.values(value as Record<string, unknown>).map(String);
}
