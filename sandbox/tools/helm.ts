import { existsSync } from "node:fs";
import * as path from "node:path";
import { familyFolder } from "./cache";
import { FAMILIES, type ToolFamily } from "./families";
import { CHARTS } from "./shipped";

/**
 * What tells the Kubernetes stand-in which helm to run and where charts lie. The user's own helm and folders of charts
 * come first; what is not built is left out.
 * @param cache The tool cache.
 */
export function helmVariables(cache: string, user: NodeJS.ProcessEnv): Record<string, string> {
  const helm = user["CLUSTER_FLEET_HELM"] || built(cache, "helm", "helm");
  const charts = [user["CLUSTER_FLEET_CHARTS"], built(cache, "charts", CHARTS)].filter(Boolean).join(path.delimiter);
  return {
    ...(helm ? { CLUSTER_FLEET_HELM: helm } : {}),
    ...(charts ? { CLUSTER_FLEET_CHARTS: charts } : {}),
  };
}

function built(cache: string, name: ToolFamily["name"], file: string): string | undefined {
  const family = FAMILIES.find((candidate) => candidate.name === name);
  const place = family && path.join(familyFolder(cache, family, family.binaries), file);
  return place !== undefined && existsSync(place) ? place : undefined;
}
