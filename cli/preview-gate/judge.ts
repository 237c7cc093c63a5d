import { valueAt } from "../../fleet/config/path";
import { type Danger } from "../../fleet/config/schema/preview";
import { CLASS } from "../../fleet/labels";
import { type Waiver, waiverInForce, waiverThatEnded } from "../../fleet/waivers";
import { isChange, nameOf, onePerReplacement, type PreviewStep, stateOf, typeOf } from "../rollout/previewed";
import { type DangerousType, dangerousType, fits, WORKLOAD_CLUSTER } from "./dangerous-types";
import { type GateRules } from "./gate-rules";

/** Something that a run would destroy. */
export interface Endangered {
  /** As waivers name it, e.g. `VPC fleet-network`. */
  readonly object: string;
  readonly danger: Danger;
  /** The inputs whose change replaces it; empty where it is deleted. */
  readonly fields: readonly string[];
  readonly loss: string;
  readonly remedy: string;
  /** Why it may be nevertheless; absent where the gate refuses it. */
  readonly leave?: Leave;
  /** A waiver that would lift the refusal, had it not ended. */
  readonly ended?: Waiver;
}

/** By the list of clusters that may go, or by a waiver. */
export type Leave = { readonly kind: "decommission" } | { readonly kind: "waiver"; readonly waiver: Waiver };

/** What the gate says of a preview. */
export interface Verdict {
  readonly passes: boolean;
  readonly dangers: readonly Endangered[];
  /** Clusters that the run changes, deletes or replaces, sorted; without those that it makes. */
  readonly changed: readonly string[];
  readonly maxClusters: number;
}

/** Judges what a run would do. */
export function judge(steps: readonly PreviewStep[], rules: GateRules): Verdict {
  const changes = onePerReplacement(steps.filter(isChange));
  const dangers = changes.flatMap((step) => endangered(step, steps, rules) ?? []);
  const changed = changedClusters(steps, rules);
  const { maxClusters } = rules;
  const passes = dangers.every(({ leave }) => leave !== undefined) && changed.length <= maxClusters;
  return { passes, dangers, changed, maxClusters };
}

const REPLACES = ["replace", "create-replacement", "delete-replaced", "import-replacement"];

function endangered(step: PreviewStep, steps: readonly PreviewStep[], rules: GateRules): Endangered | undefined {
  const danger = dangerOf(step);
  const type = dangerousType(stateOf(step)?.type ?? "", nameOf(step));
  if (danger === undefined || type === undefined) return undefined;
  if (danger === "delete" && isFree(step, type, steps, rules)) return undefined;
  const object = `${type.called} ${nameOf(step)}`;
  const waivers = rules.waivers
    .filter((each) => each.object === object)
    .map((each) => ({ ...each, rule: each.danger }));
  const waiver = waiverInForce(waivers, danger, rules.now);
  const ended = waiverThatEnded(waivers, danger, rules.now);
  const isListed = danger === "delete" && mayGo(step, rules);
  return {
    object,
    danger,
    fields: step.replaceReasons ?? [],
    loss: type.loss,
    remedy: type.remedy?.[danger] ?? REMEDIES[danger],
    ...(isListed ? { leave: { kind: "decommission" } } : waiver && { leave: { kind: "waiver", waiver } }),
    ...(ended && !isListed ? { ended } : {}),
  };
}

const REMEDIES: Readonly<Record<Danger, string>> = {
  delete: "Put back what declares it.",
  replace: "Put back what changes.",
};

/** What is retained stays in the world when the state forgets it. */
function dangerOf(step: PreviewStep): Danger | undefined {
  if (REPLACES.includes(step.op)) return "replace";
  return step.op === "delete" && stateOf(step)?.retainOnDelete !== true ? "delete" : undefined;
}

/** Whether nothing is lost with the object, now that it goes. */
function isFree(
  step: PreviewStep,
  { freely, keptFor }: DangerousType,
  steps: readonly PreviewStep[],
  { classes }: GateRules,
): boolean {
  if (freely !== undefined && fits(freely, nameOf(step))) return true;
  if (keptFor === undefined || classes.has(keptFor)) return false;
  return !steps.some((each) => isCluster(each) && each.op !== "delete" && label(each, CLASS) === keptFor);
}

function label(step: PreviewStep, key: string): unknown {
  return valueAt(stateOf(step)?.inputs, ["metadata", "labels", key]);
}

function mayGo(step: PreviewStep, { decommission, namespace }: GateRules): boolean {
  return (
    isCluster(step) &&
    decommission.includes(nameOf(step)) &&
    valueAt(stateOf(step)?.inputs, ["metadata", "namespace"]) === namespace
  );
}

function isCluster(step: PreviewStep): boolean {
  return fits(WORKLOAD_CLUSTER, stateOf(step)?.type ?? "");
}

const COMPONENT = "cluster-fleet:index:WorkloadCluster";

/**
 * Clusters that live and of which anything changes: the `Cluster` object, or what stands beside it in its component. A
 * preview shows nothing of a `Cluster` that stays as it is, so that its component has to tell its name.
 */
function changedClusters(steps: readonly PreviewStep[], { namespace }: GateRules): string[] {
  const made = new Set(steps.filter(({ op }) => op === "create").map(({ urn }) => urn));
  const names = steps.filter(isChange).flatMap((step) => {
    const parent = stateOf(step)?.parent ?? "";
    if (made.has(parent) || (isCluster(step) && step.op === "create")) return [];
    if (isCluster(step)) return [nameOf(step)];
    return typeOf(parent) === COMPONENT ? [clusterOf(parent, namespace)] : [];
  });
  return [...new Set(names)].sort();
}

/** Components are called `<environment>-<cluster>`. */
function clusterOf(component: string, environment: string): string {
  const name = component.split("::").at(-1) ?? "";
  return name.startsWith(`${environment}-`) ? name.slice(environment.length + 1) : name;
}
