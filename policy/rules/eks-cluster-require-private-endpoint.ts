import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { type EksCluster, validateEksClusters } from "../eks-cluster";
import { shown, UNKNOWN } from "../values";

const CIDRS = ["vpcConfig", "publicAccessCidrs"] as const;

/**
 * The API server of an EKS cluster answers inside its VPC, and from the internet to named networks alone.
 *
 * Why: EKS opens the API server to the whole internet unless told otherwise. Whoever controls a management cluster
 * controls every cluster of the fleet, so that a stolen credential or a flaw in the API server must not suffice from
 * anywhere.
 *
 * Source: CIS EKS Benchmark 1.8 5.4.1 and 5.4.2; AVD-AWS-0040, AVD-AWS-0041; Security Hub EKS.1 and Control Tower
 * CT.EKS.PR.1, which allow no public endpoint at all.
 *
 * Remedy: turn on the private endpoint; turn off the public one, or list the networks of your offices and runners.
 */
export const eksClusterRequirePrivateEndpoint: ResourceValidationPolicy = {
  name: "eks-cluster-require-private-endpoint",
  description:
    "The API server of an EKS cluster answers inside its VPC, and from the internet to named networks alone.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Set vpcConfig.endpointPrivateAccess to true, and endpointPublicAccess to false or publicAccessCidrs to the " +
    "networks that may enter.",
  validateResource: validateEksClusters((cluster, report) => {
    const privately = cluster.read("vpcConfig", "endpointPrivateAccess");
    if (privately !== UNKNOWN && privately !== true) {
      report(
        `vpcConfig.endpointPrivateAccess: the API server of ${cluster.title} does not answer inside its VPC ` +
          `(got ${shown(privately)}). Set it to true.`,
      );
    }
    const publicly = cluster.read("vpcConfig", "endpointPublicAccess");
    if (publicly !== UNKNOWN && publicly !== false) {
      requireNetworks(cluster, report);
    }
  }),
};

/** A list that only the update will know says nothing yet; an entry of that kind hides no other. */
function requireNetworks(cluster: EksCluster, report: ReportViolation): void {
  const open = `the whole internet reaches the API server of ${cluster.title}`;
  const remedy = "List the networks that may enter, or set endpointPublicAccess to false.";
  const entries = cluster.count(...CIDRS);
  for (let index = 0; index < entries; index++) {
    const range = cluster.read(...CIDRS, String(index));
    if (typeof range === "string" && range.endsWith("/0")) {
      report(`${CIDRS.join(".")}[${index}]: ${open} (got ${shown(range)}). ${remedy}`);
    }
  }
  const ranges = entries === 0 ? cluster.read(...CIDRS) : UNKNOWN;
  if (ranges !== UNKNOWN) {
    report(`${CIDRS.join(".")}: ${open} (got ${shown(ranges)}, which means 0.0.0.0/0). ${remedy}`);
  }
}
