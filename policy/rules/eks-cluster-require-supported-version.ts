import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Calendar, monthlyControlPlaneCost, supportOf } from "../../fleet/versions";
import { clock } from "../clock";
import { type EksCluster, validateEksClusters } from "../eks-cluster";
import { EKS_VERSIONS_CONFIG, eksCalendar, isEksMinor, wayToSupport } from "../eks-support";
import { shown, UNKNOWN } from "../values";

/**
 * The minor of an EKS cluster is in standard support, or in extended support that was chosen.
 *
 * Why: without support there are no fixes. At the end of standard support EKS either upgrades the control plane at a time
 * of its own choice (`STANDARD`) or bills six times the price for another twelve months and upgrades it then
 * (`EXTENDED`, which is also what nothing stated means); nodes and add-ons stay behind.
 *
 * Source: EKS user guide, "Understand the Kubernetes version lifecycle on EKS"; Security Hub EKS.2; the dated calendar of
 * `fleet/versions`.
 *
 * Remedy: upgrade one minor at a time, or choose `EXTENDED` for the time that this takes.
 */
export const eksClusterRequireSupportedVersion: ResourceValidationPolicy = {
  name: "eks-cluster-require-supported-version",
  description: "The minor of an EKS cluster is in standard support, or in extended support that was chosen.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    'Upgrade one minor at a time, or set upgradePolicy.supportType to "EXTENDED" for the time that this takes.',
  configSchema: {
    properties: {
      versions: EKS_VERSIONS_CONFIG,
    },
  },
  validateResource: validateEksClusters((cluster, report, args) => {
    const known = eksCalendar(args, report);
    const version = cluster.read("version");
    if (known === undefined || version === UNKNOWN) {
      return;
    }
    const wrong = isEksMinor(version)
      ? whatIsWrong(cluster, version, known)
      : `version: ${cluster.title} names no minor of EKS (got ${shown(version)}). ` +
        'Write it such as "1.35": EKS chooses the patch itself.';
    if (wrong !== undefined) {
      report(wrong);
    }
  }),
};

function whatIsWrong(cluster: EksCluster, version: string, known: Calendar): string | undefined {
  const now = clock.now();
  const { status, until, newerThanCalendar } = supportOf(known, "eks", version, now);
  const got = `(got ${shown(version)})`;
  if (newerThanCalendar) {
    return (
      `version: ${cluster.title} has a minor that is newer than what the calendar of ${known.dated} knows ${got}. ` +
      `Use ${known.eks.at(-1)?.minor}, or add ${version} under versions of this rule's configuration.`
    );
  }
  if (status === "unknown" || status === "ended") {
    const since = status === "unknown" ? "older than all that the calendar knows" : `without support since ${until}`;
    return `version: ${cluster.title} has a minor ${since} ${got}. ${wayToSupport(known, version, now)}`;
  }
  if (status === "extended") {
    return unlessChosen(cluster, `${version} in extended support until ${until}`, wayToSupport(known, version, now));
  }
  return undefined;
}

function unlessChosen(cluster: EksCluster, minor: string, way: string): string | undefined {
  const chosen = cluster.read("upgradePolicy", "supportType");
  if (chosen === UNKNOWN || chosen === "EXTENDED") {
    return undefined;
  }
  const cost = `${monthlyControlPlaneCost("extended")} instead of ${monthlyControlPlaneCost("standard")} USD a month`;
  return (
    `upgradePolicy.supportType: nobody chose ${minor} for ${cluster.title} (got ${shown(chosen)}). ` +
    `${way} Or set it to "EXTENDED", for ${cost}.`
  );
}
