import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateFleet } from "../registered-fleet";
import { shown, UNKNOWN } from "../values";

const NAME = "fleet-require-label-sets";

interface LabelSetsConfig {
  /** Allowed values by label; none listed stands for any value. */
  readonly required?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Every cluster carries the labels that the team requires, with values out of a closed set where one is given.
 *
 * Why: costs, alerts and stages are cut along a team's own labels. A label that is missing or misspelt is no error to
 * any tool: its cluster is just in no group. Which labels those are only the team knows, so without configuration the
 * rule judges nothing.
 *
 * Source: `clusters.<name>.labels` of the stack file, which `cluster-fleet:overlay` and `cluster-fleet:base` may give
 * to many clusters at once.
 *
 * Remedy: set the label that the message names.
 */
export const fleetRequireLabelSets: ResourceValidationPolicy = {
  name: NAME,
  description: "Every cluster carries the labels that the team requires.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Set the label in clusters.<name>.labels, or for all clusters of an environment in its overlay.",
  configSchema: {
    properties: {
      required: {
        type: "object",
        additionalProperties: { type: "array", items: { type: "string" } },
        default: {},
        description: "Allowed values of each label that every cluster carries; an empty list allows any value.",
      },
    },
  },
  validateResource: validateFleet(NAME, (fleet, find, args) => {
    const required = Object.entries(args.getConfig<LabelSetsConfig>().required ?? {});
    if (required.length === 0) {
      return args.notApplicable("The policy's configuration requires no label");
    }
    for (const cluster of fleet.clusters) {
      for (const [label, values] of required) {
        const value = cluster.read("labels", label);
        if (value === UNKNOWN) {
          continue;
        }
        const given = typeof value === "string" && value !== "";
        if (!given) {
          find(cluster, `labels[${label}]`, `is required of every cluster (got ${shown(value)}). ${remedy(values)}`);
        } else if (values.length > 0 && !values.includes(value)) {
          find(cluster, `labels[${label}]`, `is none of the allowed values (got ${shown(value)}). ${remedy(values)}`);
        }
      }
    }
  }),
};

function remedy(values: readonly string[]): string {
  return values.length === 0 ? "Set it." : `Set it to ${values.join(", ")}.`.replace(/, ([^,]+)$/, " or $1");
}
