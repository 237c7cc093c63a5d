import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateResources } from "../registered-resource";
import { shown, UNKNOWN } from "../values";

const ZONES = 3;

/**
 * A management cluster has nodes in three availability zones.
 *
 * Why: Rancher and Cluster API's controllers elect a leader and answer webhooks, without which nothing can be written to
 * the management cluster. In three zones they go on when one fails; in two, half of all that runs is gone at once, and
 * what spreads its copies over zones finds no place for them.
 *
 * It judges the component, which states all zones before the first resource: a node group knows only itself.
 *
 * Source: EKS best practices, reliability, "Data plane"; Rancher 2.15, installation requirements (three nodes).
 *
 * Remedy: three zones, and one node or more in each.
 */
export const eksNodesRequireThreeZones: ResourceValidationPolicy = {
  name: "eks-nodes-require-three-zones",
  description: "A management cluster has nodes in three availability zones.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Give the component three different zones, and one node or more in each.",
  validateResource: validateResources(["cluster-fleet:index:EksManagementCluster"], (component, report) => {
    const title = `management cluster ${component.called("clusterName")}`;
    const places = Array.from({ length: component.count("zones") }, (_, index) => String(index));
    const zones = places.map((place) => component.read("zones", place, "zone"));
    // What only the update will know may be a zone of its own.
    const isKnown = !zones.includes(UNKNOWN) && (places.length > 0 || component.read("zones") !== UNKNOWN);
    if (isKnown && new Set(zones).size < ZONES) {
      report(`zones: ${title} has nodes in too few zones (got ${zones.join(", ") || "none"}). Name ${ZONES} of them.`);
    }
    const nodes = component.read("nodesPerZone");
    if (nodes !== UNKNOWN && !(typeof nodes === "number" && nodes >= 1)) {
      report(`nodesPerZone: ${title} has zones without a node (got ${shown(nodes)}). Set it to 1 or more.`);
    }
  }),
};
