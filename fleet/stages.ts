import { type Selector } from "./config/schema/fleet";
import { type Stage } from "./config/schema/upgrades";
import { selects } from "./selectors";

/**
 * The stages that take a cluster: the one that it names itself, else those whose selector or group matches its labels.
 * A sound configuration gives every cluster exactly one.
 */
export function stagesOf(
  cluster: { readonly stage?: string; readonly labels: Readonly<Record<string, string>> },
  stages: readonly Pick<Stage, "name" | "group" | "selector">[],
  groups: Readonly<Record<string, Selector>>,
): readonly string[] {
  if (cluster.stage !== undefined) {
    return [cluster.stage];
  }
  return stages
    .filter(({ group, selector }) => {
      const effective = selector ?? (group === undefined ? undefined : groups[group]);
      return effective !== undefined && selects(effective, cluster.labels);
    })
    .map(({ name }) => name);
}
