import type { ResourceValidationPolicy } from "@pulumi/policy";
import { compareVersions, minorOf } from "../../fleet/versions";
import { minorsBetween } from "../../fleet/versions";
import { isVersion, versionedClusters } from "../fleet-versions";
import { validateFleet } from "../registered-fleet";
import { UNKNOWN } from "../values";

const NAME = "fleet-require-promotion-order";

interface PromotionConfig {
  readonly compare?: "minor" | "patch";
}

/**
 * No cluster is newer than what the environments before this one run.
 *
 * Why: staging has shown what a version does to the workloads before production gets it. Which environments come
 * before this one says `cluster-fleet:peers`; what they run is read from the management cluster or from their stacks'
 * outputs at the start of the run. Patches are not compared unless told so: a fix need not wait.
 *
 * What counts is the version that Git declares for a cluster, not what it has while it is on its way.
 *
 * Source: `cluster-fleet:peers` of the stack file, and what lives.
 *
 * Remedy: upgrade the peer first; waive the rule for a cluster that has to go ahead.
 */
export const fleetRequirePromotionOrder: ResourceValidationPolicy = {
  name: NAME,
  description: "No cluster is newer than what the environments before this one run.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Upgrade the environment that the message names, see that it is well, then upgrade this one.",
  configSchema: {
    properties: {
      compare: {
        enum: ["minor", "patch"],
        default: "minor",
        description: "What has to run in the peers first: the minor, or the very patch.",
      },
    },
  },
  validateResource: validateFleet(NAME, (fleet, find, args) => {
    const peers = fleet.read("peers");
    if (peers === UNKNOWN) {
      return;
    }
    const known = Array.isArray(peers) ? peers.filter(isPeer) : [];
    if (known.length === 0) {
      return args.notApplicable("No environment comes before this one, or none runs a cluster");
    }
    const { compare = "minor" } = args.getConfig<PromotionConfig>();
    for (const { cluster, target } of versionedClusters(fleet)) {
      for (const { environment, newestVersion } of known) {
        const ahead =
          compare === "patch" ? compareVersions(newestVersion, target) < 0 : minorsBetween(newestVersion, target) > 0;
        if (ahead) {
          const stay = compare === "patch" ? newestVersion : minorOf(newestVersion);
          find(
            cluster,
            "version",
            `is ahead of ${environment}, which runs ${newestVersion} at most (got ${target}). ` +
              `Upgrade ${environment} first, or stay at ${stay}.`,
          );
        }
      }
    }
  }),
};

interface Peer {
  readonly environment: string;
  readonly newestVersion: string;
}

/** A peer that runs nothing yet cannot be behind. */
function isPeer(value: unknown): value is Peer {
  const { environment, newestVersion } = (value ?? {}) as Partial<Record<keyof Peer, unknown>>;
  return typeof environment === "string" && isVersion(newestVersion);
}
