import { type Effective } from "../effective";
import { setAt } from "../levels";
import { type Path } from "../path";
import { type Problem } from "../problems";
import { type RuleId } from "../rules";

/** A cluster as its checks see it: merged, but not yet known to be complete. */
export interface ClusterDraft extends Effective {
  readonly name: string;
  /** Whether a wrong value was left out at a path below the cluster, at any level: nobody may call it missing. */
  readonly isBroken: (path: Path) => boolean;
}

/** A mistake at a path below a cluster, reported where the value was set: in the base, the overlay or the cluster. */
export function clusterProblem(
  { levels }: ClusterDraft,
  rule: RuleId,
  path: Path,
  rest: Pick<Problem, "what" | "got" | "remedy">,
): Problem {
  return { rule, path: setAt(levels, path), ...rest };
}
