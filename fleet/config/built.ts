import { isOnAws } from "../families";
import { type FleetConfig, type ManagementConfig } from "./config";
import { FleetConfigError, type Problem } from "./problems";

/** A management cluster of kind `kubeconfig`, the only kind that this version can use. */
export type KubeconfigManagement = Extract<ManagementConfig, { kind: "kubeconfig" }>;

const NEXT = "see docs/architecture.md, What comes next";

/**
 * The management cluster, where the whole configuration names only parts that this version builds.
 * @throws FleetConfigError that lists every part which is checked already, but not built yet.
 */
export function builtManagement({ management, clusters }: FleetConfig): KubeconfigManagement {
  const problems: Problem[] = Object.entries(clusters)
    .filter(([, cluster]) => isOnAws(cluster.class ?? ""))
    .map(([name, cluster]) => ({
      rule: "not-built",
      path: ["clusters", name, "class"],
      what: "is valid, but not built by this version",
      got: cluster.class,
      remedy: `Wait for the release with workload clusters on AWS (${NEXT})`,
    }));
  if (management.kind === "kubeconfig" && problems.length === 0) {
    return management;
  }
  if (management.kind !== "kubeconfig") {
    problems.unshift({
      rule: "not-built",
      path: ["management", "kind"],
      what: "is valid, but not built by this version",
      got: management.kind,
      remedy: `Use kubeconfig, or wait for the release with the management cluster on AWS (${NEXT})`,
    });
  }
  throw new FleetConfigError(problems, "This stack needs parts that do not exist yet");
}
