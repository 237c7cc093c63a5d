import type { ResourceValidationPolicy } from "@pulumi/policy";
import { described, malformedVersions, PLATFORM_TYPE, platformProblems } from "../management-platform";
import { validateResources } from "../registered-resource";
import { shown } from "../values";

/**
 * Kubernetes, Rancher, Cluster API and its AWS provider go together on a management cluster.
 *
 * Why: Rancher's chart refuses a Kubernetes it does not know and brings a Cluster API of its own; Cluster API writes its
 * objects in an API version that an old AWS provider does not read. What does not go together is noticed half-way through
 * an upgrade, when there is no way back for the one that went first.
 *
 * Source: the dated compatibility data of `fleet/versions`, with the source of each row.
 *
 * Remedy: the message names the releases that go with the others. What no source speaks of is left to
 * `management-advise-compatible-set`.
 */
export const managementRequireCompatibleSet: ResourceValidationPolicy = {
  name: "management-require-compatible-set",
  description: "Kubernetes, Rancher, Cluster API and its AWS provider go together on a management cluster.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Choose the releases that the message names; upgrade Rancher before Kubernetes.",
  validateResource: validateResources([PLATFORM_TYPE], (platform, report) => {
    for (const { place, version } of malformedVersions(platform)) {
      report(`${place}: is not a version (got ${shown(version)}). Write it such as v1.35.`);
    }
    platformProblems(platform)
      .filter(({ level }) => level === "incompatible")
      .forEach((problem) => report(described(problem)));
  }),
};
