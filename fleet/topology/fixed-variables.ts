import { canonicalJson } from "../content-hash";
import { type Problem } from "../config/problems";
import { type ObservedCluster } from "../observed";
import { type PlannedCluster } from "../planned";

/** Variables that no change of a live cluster can follow, and where the stack file says them. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  identity: ["account"],
  region: ["region"],
  secretsKey: ["class"],
  subnets: ["network"],
  vpc: ["network"],
};

/** What a live cluster on AWS was made with, and the configuration now says otherwise. */
export function fixedVariableProblems(planned: PlannedCluster, alive: ObservedCluster | undefined): Problem[] {
  const live = alive?.declared.variables;
  if (live === undefined) return [];
  const wanted = Object.fromEntries((planned.variables ?? []).map(({ name, value }) => [name, value]));
  return Object.entries(FIXED).flatMap(([name, place]): Problem[] => {
    const [before, now] = [live[name], wanted[name]];
    // A key may come to a cluster without one; it never goes and never changes.
    if (before === undefined || (now !== undefined && canonicalJson(now) === canonicalJson(before))) return [];
    return [
      {
        rule: "live-fixed",
        path: ["clusters", planned.name, ...place],
        what: `would change ${name} of the live cluster, which was made with ${shown(before)} and keeps it`,
        got: now === undefined ? "nothing" : shown(now),
        remedy: "Write what it was made with, or make a new cluster under another name",
      },
    ];
  });
}

function shown(value: Parameters<typeof canonicalJson>[0]): string {
  return typeof value === "string" ? value : canonicalJson(value);
}
