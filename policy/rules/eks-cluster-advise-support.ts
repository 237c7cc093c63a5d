import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Calendar, monthlyControlPlaneCost, supportOf } from "../../fleet/versions";
import { clock } from "../clock";
import { type EksCluster, validateEksClusters } from "../eks-cluster";
import { EKS_VERSIONS_CONFIG, eksCalendar, isEksMinor, wayToSupport } from "../eks-support";
import { shown, UNKNOWN } from "../values";

const DAYS = 60;

interface AdviceConfig {
  readonly days?: number;
}

/**
 * Tells when the support of an EKS cluster's minor ends, and what extended support costs.
 *
 * Why: the end of support is known a year ahead and still surprises; a management cluster takes Rancher and Cluster API
 * along, one minor at a time, so its upgrade needs weeks and not a day.
 *
 * Source: the dated calendar and prices of `fleet/versions`; EKS user guide, "Understand the Kubernetes version lifecycle
 * on EKS".
 *
 * Remedy: upgrade in good time.
 */
export const eksClusterAdviseSupport: ResourceValidationPolicy = {
  name: "eks-cluster-advise-support",
  description: "When the support of an EKS cluster's minor ends, and what extended support costs.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Upgrade in good time, one minor at a time.",
  configSchema: {
    properties: {
      days: {
        type: "integer",
        minimum: 0,
        default: DAYS,
        description: "Days before the end of support from which it is reported.",
      },
      versions: EKS_VERSIONS_CONFIG,
    },
  },
  validateResource: validateEksClusters((cluster, report, args) => {
    const { days = DAYS } = args.getConfig<AdviceConfig>();
    const known = eksCalendar(args, report);
    const version = cluster.read("version");
    if (known === undefined || !isEksMinor(version)) {
      return;
    }
    const advice = adviceOn(cluster, version, known, days);
    if (advice !== undefined) {
      report(
        `version: ${cluster.title} ${advice} (got ${shown(version)}). ${wayToSupport(known, version, clock.now())}`,
      );
    }
  }),
};

/** Extended support that nobody chose is left to the mandatory rule. */
function adviceOn(cluster: EksCluster, version: string, known: Calendar, days: number): string | undefined {
  const { status, until, daysLeft = 0 } = supportOf(known, "eks", version, clock.now());
  if (status === "supported" && daysLeft <= days) {
    const chosen = cluster.read("upgradePolicy", "supportType");
    if (chosen === UNKNOWN) {
      return undefined;
    }
    const when = `${daysLeft === 1 ? "tomorrow" : `in ${daysLeft} days`}, on ${until}`;
    const then = chosen === "STANDARD" ? "EKS upgrades it by itself" : `costs ${price()}`;
    return `loses standard support ${when}, and then ${then}`;
  }
  return status === "extended" && cluster.read("upgradePolicy", "supportType") === "EXTENDED"
    ? `is in extended support, for ${price()}, until EKS upgrades it by itself on ${until}`
    : undefined;
}

/** What a month of extended support costs, and what it would be without. */
function price(): string {
  return `${monthlyControlPlaneCost("extended")} instead of ${monthlyControlPlaneCost("standard")} USD a month`;
}
