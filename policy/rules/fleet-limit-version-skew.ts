import type { ResourceValidationPolicy } from "@pulumi/policy";
import { compareVersions } from "../../fleet/versions";
import { minorsBetween } from "../../fleet/versions";
import { versionedClusters } from "../fleet-versions";
import { validateFleet } from "../registered-fleet";

const NAME = "fleet-limit-version-skew";
const MAX_MINORS = 2;

interface SkewConfig {
  readonly maxMinors?: number;
}

/**
 * The clusters of an environment are not too many minors apart.
 *
 * Why: add-ons, charts and runbooks of an environment are tested against a few minors at a time. A cluster that was
 * left behind has to catch up minor by minor, each time with a roll of all its machines, and the longer the way the
 * nearer the end of its support.
 *
 * What counts is the version that Git declares for a cluster, not what it has while it is on its way.
 *
 * Source: Kubernetes supports three minors at a time, so that two apart is the most that can be supported throughout.
 *
 * Remedy: upgrade the oldest cluster first; waive the rule for a cluster that is to stay behind for a time.
 */
export const fleetLimitVersionSkew: ResourceValidationPolicy = {
  name: NAME,
  description: "The clusters of an environment are at most two minors apart.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Upgrade the oldest cluster before the newest goes further.",
  configSchema: {
    properties: {
      maxMinors: {
        type: "integer",
        minimum: 0,
        default: MAX_MINORS,
        description: "Most minors between the oldest and the newest cluster of an environment.",
      },
    },
  },
  validateResource: validateFleet(NAME, (fleet, find, args) => {
    const { maxMinors = MAX_MINORS } = args.getConfig<SkewConfig>();
    const [oldest, ...others] = versionedClusters(fleet).sort((a, b) => compareVersions(a.target, b.target));
    const newest = others.at(-1);
    if (oldest === undefined || newest === undefined) {
      return;
    }
    const minors = minorsBetween(oldest.target, newest.target);
    if (minors > maxMinors) {
      const { name, endedWaiver } = newest.cluster;
      const note = endedWaiver === undefined ? "" : ` The waiver of ${name} ended on ${endedWaiver.until}.`;
      find(
        oldest.cluster,
        "version",
        `is ${minors} minor${minors === 1 ? "" : "s"} behind clusters.${name}.version, more than the ${maxMinors} that an environment may span ` +
          `(got ${oldest.target} and ${newest.target}). Upgrade ${oldest.cluster.name} first.${note}`,
      );
    }
  }),
};
