import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { type RegisteredResource, validateResources } from "./registered-resource";

/** An EKS cluster of the AWS provider; `title` names it in messages, e.g. `EKS cluster fleet`. */
export interface EksCluster extends RegisteredResource {
  readonly title: string;
}

/** A validation of every EKS cluster that a stack declares. Those that Cluster API makes are none of the engine's. */
export function validateEksClusters(
  check: (cluster: EksCluster, report: ReportViolation, args: ResourceValidationArgs) => void,
): ResourceValidation {
  return validateResources(["aws:eks/cluster:Cluster"], (resource, report, args) =>
    check({ ...resource, title: `EKS cluster ${resource.called("name")}` }, report, args),
  );
}
