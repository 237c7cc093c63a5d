import { clusterChanges, type FieldChange } from "./changes";
import { type Observed } from "./observed";
import { isOurs } from "./ownership";
import { type FleetPlan } from "./planned";
import { byName } from "./sorted";

/** What declaring a plan does to one cluster. */
export interface ClusterAction {
  readonly name: string;
  readonly action: "create" | "adopt" | "change" | "none" | "mark" | "delete";
  /** Fields that differ from what lives; empty for new clusters and those that go. */
  readonly changes: readonly FieldChange[];
}

/** What declaring a plan does to each cluster, sorted by name. */
export function planActions(plan: FleetPlan, observed: Observed): ClusterAction[] {
  const here = observed.clusters.filter(({ namespace }) => namespace === plan.namespace);
  const planned = new Set(plan.clusters.map(({ name }) => name));
  const leaving = here
    .filter((alive) => isOurs(alive, plan.environment) && !planned.has(alive.name))
    .map(({ name }): ClusterAction => ({ name, action: "delete", changes: [] }));
  const declared = plan.clusters.map((cluster): ClusterAction => {
    const alive = here.find(({ name }) => name === cluster.name);
    if (alive === undefined) {
      return { name: cluster.name, action: "create", changes: [] };
    }
    const ours = isOurs(alive, plan.environment);
    const changes = clusterChanges(cluster, alive, plan.environment);
    const change = cluster.decommission ? "mark" : "change";
    return { name: cluster.name, action: ours ? (changes.length > 0 ? change : "none") : "adopt", changes };
  });
  return [...declared, ...leaving].sort(byName);
}

/** The names of the class revisions that a plan publishes and that do not live yet. */
export function newClasses(plan: FleetPlan, observed: Observed): string[] {
  const live = new Set(
    observed.classes.filter(({ namespace }) => namespace === plan.namespace).map(({ name }) => name),
  );
  return plan.classes.map(({ name }) => name).filter((name) => !live.has(name));
}
