import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateEksClusters } from "../eks-cluster";
import { shown, UNKNOWN } from "../values";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/**
 * The control plane of an EKS cluster writes all its logs.
 *
 * Why: EKS writes none unless told. The audit log alone says who changed or read what, the authenticator's who came in as
 * whom, and after a break-in or a lost cluster nothing can be turned on for the time before.
 *
 * Source: CIS EKS Benchmark 1.8 2.1.1 and 2.1.2; AVD-AWS-0038; Security Hub EKS.8.
 *
 * Remedy: list all five types. Their cost is that of CloudWatch Logs.
 */
export const eksClusterRequireLogs: ResourceValidationPolicy = {
  name: "eks-cluster-require-logs",
  description: "The control plane of an EKS cluster writes all its logs.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Set enabledClusterLogTypes to ${LOG_TYPES.join(", ")}.`,
  validateResource: validateEksClusters((cluster, report) => {
    const types = cluster.read("enabledClusterLogTypes");
    if (types === UNKNOWN) {
      return;
    }
    const missing = LOG_TYPES.filter((type) => !(Array.isArray(types) && types.includes(type)));
    if (missing.length > 0) {
      report(
        `enabledClusterLogTypes: ${cluster.title} does not log ${missing.join(", ")} (got ${shown(types)}). ` +
          `List ${LOG_TYPES.join(", ")}.`,
      );
    }
  }),
};
