import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateEksClusters } from "../eks-cluster";
import { shown, UNKNOWN } from "../values";

/**
 * Access entries alone let people into an EKS cluster.
 *
 * Why: the ConfigMap aws-auth is changed inside the cluster, where AWS' audit trail does not see it, and one mistake in
 * it locks everybody out. And whoever creates a cluster becomes its administrator unless told otherwise, usually the role
 * of a pipeline, without an entry that would say so.
 *
 * Source: CIS EKS Benchmark 1.8 4.1.7 and 5.5.1; EKS best practices, identity and access management ("Remove the
 * cluster-admin permissions from the cluster creator principal").
 *
 * Remedy: mode `API`, no rights for the creator, and an access entry for each role that may enter. The mode goes only
 * from `CONFIG_MAP` over `API_AND_CONFIG_MAP` to `API`, never back; the creator's rights are fixed when a cluster is made.
 */
export const eksClusterRequireAccessEntries: ResourceValidationPolicy = {
  name: "eks-cluster-require-access-entries",
  description: "Access entries alone let people into an EKS cluster.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    'Set accessConfig.authenticationMode to "API" and bootstrapClusterCreatorAdminPermissions to false, and declare an ' +
    "access entry for each role that may enter.",
  validateResource: validateEksClusters((cluster, report) => {
    const mode = cluster.read("accessConfig", "authenticationMode");
    if (mode !== UNKNOWN && mode !== "API") {
      report(
        `accessConfig.authenticationMode: the ConfigMap aws-auth would let people into ${cluster.title} ` +
          `(got ${shown(mode)}). Set it to "API".`,
      );
    }
    const creator = cluster.read("accessConfig", "bootstrapClusterCreatorAdminPermissions");
    if (creator !== UNKNOWN && creator !== false) {
      const got = creator === undefined ? "nothing, which means true" : shown(creator);
      report(
        "accessConfig.bootstrapClusterCreatorAdminPermissions: whoever creates " +
          `${cluster.title} has all rights on it, without an access entry (got ${got}). Set it to false.`,
      );
    }
  }),
};
