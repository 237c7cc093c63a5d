import type { ResourceValidationPolicy } from "@pulumi/policy";
import { validateFleet } from "../registered-fleet";

const NAME = "fleet-require-names";

/** Starts with a letter, as names of Services have to; no doubled or outer hyphens. */
const PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/**
 * A worker machine is named `<cluster>-<pool>` with three random suffixes of six characters and may have 63: thirty-two
 * leave twelve for a pool's name before Cluster API cuts off the end of it.
 */
const MAX_LENGTH = 32;

interface NamesConfig {
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly reserved?: readonly string[];
  readonly environmentPrefix?: boolean;
}

/**
 * Every cluster has a name of the form that the team agreed on.
 *
 * Why: a cluster's name is in every machine, DNS name, dashboard and invoice, and it cannot be changed: another name is
 * another cluster. The defaults refuse what goes wrong later: names that no Service may have, and names so long that
 * Cluster API would cut them in the names of machines.
 *
 * Source: Cluster API's names of machine deployments, machine sets and machines; RFC 1035 labels for Services.
 *
 * Remedy: choose another name before the cluster is made; waive the rule for a cluster that exists.
 */
export const fleetRequireNames: ResourceValidationPolicy = {
  name: NAME,
  description: "Every cluster has a name of the agreed form.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps:
    "Rename a cluster before it is made. For one that exists, waive the rule: a new name is a new cluster.",
  configSchema: {
    properties: {
      pattern: {
        type: "string",
        default: PATTERN,
        description: "Regular expression that every cluster's name matches.",
      },
      maxLength: {
        type: "integer",
        minimum: 1,
        maximum: 63,
        default: MAX_LENGTH,
        description: "Most characters of a name.",
      },
      reserved: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Names that no cluster may have, besides those that the configuration itself refuses.",
      },
      environmentPrefix: {
        type: "boolean",
        default: false,
        description: "Whether a name begins with the name of the environment and a hyphen.",
      },
    },
  },
  validateResource: validateFleet(NAME, (fleet, find, args, report) => {
    const {
      pattern = PATTERN,
      maxLength = MAX_LENGTH,
      reserved = [],
      environmentPrefix = false,
    } = args.getConfig<NamesConfig>();
    const form = regularExpression(pattern);
    if (form === undefined) {
      report(
        `pattern: the policy's configuration is not a regular expression (got "${pattern}"). ` +
          "Correct it in the file of --policy-pack-config.",
      );
      return;
    }
    const environment = environmentPrefix ? fleet.read("environment") : undefined;
    for (const cluster of fleet.clusters) {
      const name = cluster.read("name");
      if (typeof name !== "string") {
        continue;
      }
      const got = `(got "${name}")`;
      if (!form.test(name)) {
        find(cluster, "name", `is not of the agreed form ${got}. Choose a name that matches ${pattern}.`);
      }
      if (name.length > maxLength) {
        find(cluster, "name", `has ${name.length} characters ${got}. Choose a name of at most ${maxLength}.`);
      }
      if (reserved.includes(name)) {
        find(cluster, "name", `is a reserved name ${got}. Choose another than ${reserved.join(", ")}.`);
      }
      if (typeof environment === "string" && !name.startsWith(`${environment}-`)) {
        find(
          cluster,
          "name",
          `does not begin with its environment ${got}. Choose a name such as ${environment}-${name}.`,
        );
      }
    }
  }),
};

function regularExpression(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
