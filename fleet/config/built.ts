import { isOnAws } from "../families";
import { type FleetConfig } from "./config";
import { FleetConfigError, type Problem } from "./problems";

/**
 * Returns where the whole configuration names only parts that this version builds.
 * @throws FleetConfigError that lists every part which is checked already, but not built yet.
 */
export function requireBuilt({ clusters }: FleetConfig): void {
  const problems: Problem[] = Object.entries(clusters)
    .filter(([, cluster]) => isOnAws(cluster.class ?? ""))
    .map(([name, cluster]) => ({
      rule: "not-built",
      path: ["clusters", name, "class"],
      what: "is valid, but not built by this version",
      got: cluster.class,
      remedy: "Wait for the release with workload clusters on AWS (see docs/architecture.md, What comes next)",
    }));
  if (problems.length > 0) {
    throw new FleetConfigError(problems, "This stack needs parts that do not exist yet");
  }
}
