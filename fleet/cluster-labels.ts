import { baselineLabels, type ClusterBaseline } from "./baseline/labels";
import { PLAIN } from "./families";
import {
  CLASS,
  DECOMMISSION,
  DELETION_PROPAGATION,
  ENVIRONMENT,
  FIELD_MANAGER,
  MANAGED_BY,
  MANAGER,
  REGION,
  STAGE,
} from "./labels";
import { stepAnnotations } from "./rollout/step-record";
import { type StepRecord } from "./rollout/types";
import { type Waiver, waiverAnnotation } from "./waivers";

/** The facts that become labels. */
export interface LabelFacts {
  readonly environment: string;
  readonly region?: string;
  /** Absent on a plain cluster. */
  readonly class?: string;
  readonly stage?: string;
  /** Absent on a cluster that takes no part in the base configuration. */
  readonly base?: ClusterBaseline;
  /** The user's own. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The labels of a `Cluster` object: the fleet's own and the user's. Groups, stages and policies select by them. */
export function clusterLabels(facts: LabelFacts): Record<string, string> {
  return {
    ...facts.labels,
    [MANAGED_BY]: MANAGER,
    [ENVIRONMENT]: facts.environment,
    ...(facts.region === undefined ? {} : { [REGION]: facts.region }),
    [CLASS]: facts.class ?? PLAIN,
    ...(facts.stage === undefined ? {} : { [STAGE]: facts.stage }),
    ...baselineLabels(facts.base),
  };
}

/** The facts that become annotations. */
export interface AnnotationFacts {
  readonly name: string;
  /** The user's own. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly waivers?: readonly Waiver[];
  /** The step of a rollout that it took last. */
  readonly step?: StepRecord;
  readonly decommission: boolean;
}

/** The annotations of a `Cluster` object. */
export function clusterAnnotations(facts: AnnotationFacts): Record<string, string> {
  return {
    ...facts.annotations,
    ...Object.fromEntries((facts.waivers ?? []).map(waiverAnnotation)),
    ...stepAnnotations(facts.step),
    // Foreground deletion of a Cluster never ends: machines and control plane would wait for each other.
    [DELETION_PROPAGATION]: "background",
    [FIELD_MANAGER]: MANAGER,
    ...(facts.decommission ? { [DECOMMISSION]: facts.name } : {}),
  };
}
