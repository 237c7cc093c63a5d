import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateResources } from "../registered-resource";
import { shown, UNKNOWN } from "../values";

/**
 * Nodes of a node group stay until they are replaced, and are replaced when they are broken.
 *
 * Why: AWS takes a spot machine back at two minutes' notice; on a management cluster that may be the leader of Cluster
 * API in the midst of an upgrade, or all zones at once. A node that hangs counts as there until somebody replaces it: with
 * repair, EKS does.
 *
 * Advisory, because workloads of other stacks may want spot machines.
 *
 * Source: EKS best practices, cost optimization (what spot is not for); EKS user guide, "Enable node auto repair".
 *
 * Remedy: capacity on demand, `nodeRepairConfig.enabled`.
 */
export const nodeGroupRequireOnDemandAndRepair: ResourceValidationPolicy = {
  name: "node-group-require-on-demand-and-repair",
  description: "Nodes of a node group stay until they are replaced, and are replaced when they are broken.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: 'Set capacityType to "ON_DEMAND" and nodeRepairConfig.enabled to true.',
  validateResource: validateResources(["aws:eks/nodeGroup:NodeGroup"], (group, report) => {
    const title = `node group ${group.called("nodeGroupName")}`;
    const capacity = group.read("capacityType");
    if (capacity === "SPOT") {
      report(
        `capacityType: AWS takes machines of ${title} back when it needs them (got ${shown(capacity)}). ` +
          'Set it to "ON_DEMAND".',
      );
    }
    const repair = group.read("nodeRepairConfig", "enabled");
    if (repair !== UNKNOWN && repair !== true) {
      report(
        `nodeRepairConfig.enabled: a broken node of ${title} stays until somebody replaces it ` +
          `(got ${shown(repair)}). Set it to true.`,
      );
    }
  }),
};
