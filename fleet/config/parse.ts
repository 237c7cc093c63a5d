import type { z } from "zod";

import { FleetConfigError, type Problem } from "./problems";
import { mergeBase } from "./merge";
import { stackSchema, type FleetConfig } from "./schema";

/** The values of the stack's keys as the engine gives them, not yet checked. */
export interface RawConfig {
  readonly environment?: unknown;
  readonly management?: unknown;
  readonly base?: unknown;
  readonly classes?: unknown;
  readonly clusters?: unknown;
  readonly decommission?: unknown;
}

/**
 * Checks a stack's configuration and merges the fleet-wide base values into each cluster.
 * @throws FleetConfigError with every problem found, never only the first.
 */
export function parseConfig(raw: RawConfig): FleetConfig {
  const { base, ...rest } = raw;
  const result = stackSchema.safeParse({ ...withoutUndefined(rest), clusters: mergeBase(base, raw.clusters) });
  if (!result.success) {
    throw new FleetConfigError(result.error.issues.flatMap((issue) => problemsOf(issue, raw)));
  }
  const problems = crossFieldProblems(result.data);
  if (problems.length > 0) {
    throw new FleetConfigError(problems);
  }
  return result.data;
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

function problemsOf(issue: z.core.$ZodIssue, raw: RawConfig): Problem[] {
  const path = issue.path.map(String).join(".");
  const value = valueAt(raw, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: path === "" ? key : `${path}.${key}`,
        what: "is not a key that cluster-fleet knows",
        remedy: "Remove it or correct its spelling",
      }));
    case "invalid_type":
      return value === undefined
        ? [{ path, what: "is missing", remedy: missingRemedy(path, typeName(issue.expected)) }]
        : [
            {
              path,
              what: `is not a ${typeName(issue.expected)}`,
              got: value,
              remedy: `Write a ${typeName(issue.expected)}`,
            },
          ];
    case "invalid_value":
      return value === undefined
        ? [{ path, what: "is missing", remedy: missingRemedy(path, issue.values.map(String).join(" or ")) }]
        : [
            {
              path,
              what: "is not a value that is known here",
              got: value,
              remedy: `Write ${issue.values.map(String).join(" or ")}`,
            },
          ];
    case "invalid_union":
      return [
        { path, got: value, what: "names no kind of management cluster", remedy: "Write kubeconfig, eks or stack" },
      ];
    case "invalid_key":
      return [
        { path, what: "is not a DNS label", remedy: "Use lower-case letters, digits and inner hyphens, at most 63" },
      ];
    default: {
      const [what, remedy] = issue.message.split("|");
      return [{ path, what: what ?? "is not valid", got: value, remedy: remedy ?? "Correct it" }];
    }
  }
}

function missingRemedy(path: string, expected: string): string {
  return `Set it (${expected})${path.startsWith("clusters.") ? ", here or in cluster-fleet:base" : ""}`;
}

/** The words of YAML's users for the type names of the schema library. */
function typeName(expected: string): string {
  return { int: "whole number", object: "map", record: "map", array: "list", string: "text" }[expected] ?? expected;
}

function valueAt(raw: RawConfig, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}

/** Rules that look at more than one field. */
function crossFieldProblems(config: FleetConfig): Problem[] {
  const problems: Problem[] = [];
  for (const [name, cluster] of Object.entries(config.clusters)) {
    const path = `clusters.${name}`;
    if (cluster.class === "aws-eks" && cluster.controlPlane !== undefined) {
      problems.push({
        path: `${path}.controlPlane`,
        what: "is set, but EKS runs the control plane of class aws-eks",
        remedy: "Remove it",
      });
    }
    if (cluster.class !== "aws-eks" && cluster.controlPlane === undefined) {
      problems.push({
        path: `${path}.controlPlane.replicas`,
        what: "is missing",
        remedy: "Set it (1, 3 or 5), here or in cluster-fleet:base",
      });
    }
    for (const [pool, { replicas, min, max }] of Object.entries(cluster.workers)) {
      const at = `${path}.workers.${pool}`;
      if (replicas === undefined && (min === undefined || max === undefined)) {
        problems.push({ path: at, what: "has no size", remedy: "Set replicas, or min and max for the autoscaler" });
      }
      if (replicas !== undefined && (min !== undefined || max !== undefined)) {
        problems.push({ path: at, what: "sets both replicas and min/max", remedy: "Keep one of the two" });
      }
      if (min !== undefined && max !== undefined && min > max) {
        problems.push({
          path: `${at}.min`,
          what: `is greater than max, ${max}`,
          got: min,
          remedy: "Lower min or raise max",
        });
      }
    }
  }
  return problems;
}
