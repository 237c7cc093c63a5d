import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateEksClusters } from "../eks-cluster";
import { shown, UNKNOWN } from "../values";

interface ProtectionConfig {
  readonly except?: readonly string[];
}

/**
 * Neither Pulumi nor AWS deletes an EKS cluster at one step.
 *
 * Why: with a management cluster go the controllers of every cluster of the fleet; its machines stay, billed and without
 * an owner. Pulumi's protection holds against a run that no longer declares the cluster, that of EKS against everything
 * else: a console, a script, another tool. So a deletion takes two deliberate steps.
 *
 * Source: EKS user guide, "Protect EKS clusters from accidental deletion"; Pulumi's option `protect`.
 *
 * Remedy: set both. To take a cluster down, or for one that is made to be thrown away, name it in the configuration
 * `except`.
 */
export const eksClusterRequireDeletionProtection: ResourceValidationPolicy = {
  name: "eks-cluster-require-deletion-protection",
  description: "Neither Pulumi nor AWS deletes an EKS cluster at one step.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Set deletionProtection and the option protect to true; name a cluster that is to go in this rule's configuration.",
  configSchema: {
    properties: {
      except: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Names of EKS clusters that may be without protection, because they are to be deleted.",
      },
    },
  },
  validateResource: validateEksClusters((cluster, report, args) => {
    const { except = [] } = args.getConfig<ProtectionConfig>();
    const name = cluster.called("name");
    if (except.includes(name)) {
      return args.notApplicable(`The policy's configuration leaves ${name} without protection`);
    }
    const remedy = `Set it to true, or name ${name} in except of this rule's configuration.`;
    const byAws = cluster.read("deletionProtection");
    if (byAws !== UNKNOWN && byAws !== true) {
      report(`deletionProtection: AWS would delete ${cluster.title} at one call (got ${shown(byAws)}). ${remedy}`);
    }
    if (!cluster.isProtected) {
      report(
        `protect: Pulumi would delete ${cluster.title} in a run that no longer declares it ` +
          `(got ${shown(cluster.isProtected)}). ${remedy}`,
      );
    }
  }),
};
