import type { ResourceValidationPolicy } from "@pulumi/policy";
import { CLUSTER_API, makesWorkload, supportOf, workloadRange } from "../../fleet/versions";
import {
  CLUSTER_API_CONFIG,
  type Bearings,
  distribution,
  fleetCalendar,
  isVersion,
  newestSupported,
  wayUp,
} from "../fleet-versions";
import { validateFleet } from "../registered-fleet";
import { shown, UNKNOWN } from "../values";

const NAME = "fleet-require-supported-versions";

interface SupportConfig {
  readonly clusterApi?: string;
}

/**
 * The Kubernetes version that Git declares for a cluster is supported: by its distribution today, and by Cluster API.
 *
 * Why: without support there are no fixes, and EKS upgrades a control plane by itself once extended support is over.
 * A version that no calendar knows may be a slip of the pen, and one outside the range of Cluster API makes a cluster
 * that its controllers may not be able to upgrade.
 *
 * What counts is where the cluster is to go. One that is held back at an older version meanwhile is no violation, else
 * the very run that cures it would be refused; `fleet-advise-support` reports it.
 *
 * Source: the dated calendar and the compatibility data of `fleet/versions`, with `cluster-fleet:versions` over it.
 *
 * Remedy: upgrade; waive the rule until the day by which the cluster is upgraded.
 */
export const fleetRequireSupportedVersions: ResourceValidationPolicy = {
  name: NAME,
  description: "The Kubernetes version that Git declares for a cluster is supported.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Upgrade, one minor at a time, or waive the rule until the day by which the cluster is upgraded.",
  configSchema: {
    properties: {
      clusterApi: CLUSTER_API_CONFIG,
    },
  },
  validateResource: validateFleet(NAME, (fleet, find, args) => {
    const { clusterApi = CLUSTER_API } = args.getConfig<SupportConfig>();
    const calendar = fleetCalendar(fleet);
    for (const cluster of calendar === undefined ? [] : fleet.clusters) {
      const target = cluster.read("targetVersion") ?? cluster.read("version");
      const supporter = distribution(cluster);
      if (target === undefined || target === UNKNOWN || calendar === undefined || supporter === undefined) {
        continue;
      }
      const wrong = isVersion(target)
        ? whatIsWrong(target, { calendar, distribution: supporter, clusterApi, now: fleet.now })
        : `is not a Kubernetes version (got ${shown(target)}). Write it in full with its v, such as v1.35.2.`;
      if (wrong !== undefined) {
        find(cluster, "version", wrong);
      }
    }
  }),
};

function whatIsWrong(target: string, bearings: Bearings): string | undefined {
  const { calendar, distribution, clusterApi, now } = bearings;
  const { minor, status, until, newerThanCalendar } = supportOf(calendar, distribution, target, now);
  const kubernetes = `${distribution === "eks" ? "EKS" : "Kubernetes"} ${minor}`;
  if (newerThanCalendar) {
    const known = newestSupported(bearings);
    return (
      `is ${kubernetes}, newer than what the calendar of ${calendar.dated} knows (got ${target}). ` +
      `${known === undefined ? "Add" : `Use ${known}, or add`} ${minor} under cluster-fleet:versions ` +
      "(npm run fleet -- versions --refresh shows its dates)."
    );
  }
  if (status === "unknown" || status === "ended") {
    const since = status === "unknown" ? "older than all that the calendar knows" : `without support since ${until}`;
    return (
      `is ${kubernetes}, ${since} (got ${target}). ${wayUp(target, bearings)} ` +
      "Waive the rule for the time that this takes."
    );
  }
  if (makesWorkload(target, clusterApi) === false) {
    const range = workloadRange(clusterApi)?.join(" to ");
    return (
      `is ${kubernetes}, outside what Cluster API ${clusterApi} makes (got ${target}). ` +
      `Use ${newestSupported(bearings) ?? range}, within ${range}.`
    );
  }
  return undefined;
}
