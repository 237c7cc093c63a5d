import type { ResourceValidationPolicy } from "@pulumi/policy";
import { described, PLATFORM_TYPE, platformProblems } from "../management-platform";
import { validateResources } from "../registered-resource";

/**
 * Tells which releases of a management cluster nobody vouches for together.
 *
 * Why: a set that no source speaks of may well work, as a newer AWS provider beside Rancher's Cluster API does; but whoever
 * runs it should know that no one else has tested it, and try it on a rehearsal or a second management cluster first.
 *
 * Source: the dated compatibility data of `fleet/versions`, with the source of each row.
 *
 * Remedy: the certified release, or a test of one's own.
 */
export const managementAdviseCompatibleSet: ResourceValidationPolicy = {
  name: "management-advise-compatible-set",
  description: "Releases of a management cluster that nobody vouches for together.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps: "Use the release that the message names, or test the set before you rely on it.",
  validateResource: validateResources([PLATFORM_TYPE], (platform, report) => {
    platformProblems(platform)
      .filter(({ level }) => level === "unproven")
      .forEach((problem) => report(described(problem)));
  }),
};
