import { ADD_ON, BASE, LOGGING, MONITORING, TRACK } from "../../fleet/baseline/labels";
import { formatPath, isMap, type Path, valueAt } from "../../fleet/config/path";
import { canonicalJson, type Json } from "../../fleet/content-hash";
import { STEP } from "../../fleet/labels";
import { NODES, stepOf } from "../../fleet/rollout/step-record";
import { trackKey } from "../../fleet/rollout/types";
import { isChange, nameOf, onePerReplacement, type PreviewStep, stateOf, typeOf } from "./previewed";

/** What a preview may change without being asked for. */
export interface Decided {
  /** Clusters that take a step in it, and tracks whose add-ons do, see `trackKey`. */
  readonly clusters: ReadonlySet<string>;
}

/** A change that is no step of a rollout. Values are left out: they are none of a log's business. */
export interface OtherChange {
  /** As the engine calls it: `create`, `update`, `replace`, `delete`… */
  readonly op: string;
  /** `Kind name` */
  readonly object: string;
  /** What would change of it, as paths; empty where it comes or goes. */
  readonly fields: readonly string[];
}

/**
 * What a preview changes beside the steps that were decided: everything, but for
 * - the version, class, variables and kinds of machines, base configuration and record of a cluster that takes a step,
 *   with the image of its autoscaler;
 * - its managed node groups, where they are to follow; never their deletion;
 * - the add-ons of tracks that take a step;
 * - new revisions of classes and of the base configuration, and old ones that the stack forgets and that stay.
 */
export function otherChanges(steps: readonly PreviewStep[], decided: Decided): OtherChange[] {
  const changes = steps.filter(isChange);
  const homes = homesOf(steps, decided);
  const others = changes.filter((step) => !belongs(step, homes, decided));
  return onePerReplacement(others).map((step) => described(step, mayChange(step, homes, decided) ?? []));
}

interface Home {
  /** Its managed node groups are to follow. */
  readonly nodes: boolean;
}

/** The clusters that take a step, by the component that they are made in. */
function homesOf(steps: readonly PreviewStep[], { clusters }: Decided): ReadonlyMap<string, Home> {
  const objects = steps.filter((step) => stateOf(step)?.type === CLUSTER);
  return new Map(
    objects.flatMap((step) => {
      const annotations = valueAt(stateOf(step)?.inputs, ["metadata", "annotations"]);
      const nodes = isMap(annotations) && stepOf(annotations as Record<string, string>)?.from === NODES;
      return clusters.has(nameOf(step)) ? [[stateOf(step)?.parent ?? "", { nodes }]] : [];
    }),
  );
}

const CLUSTER = "kubernetes:cluster.x-k8s.io/v1beta2:Cluster";
const NODE_GROUP = [
  "kubernetes:cluster.x-k8s.io/v1beta2:MachinePool",
  "kubernetes:infrastructure.cluster.x-k8s.io/v1beta2:AWSManagedMachinePool",
  "kubernetes:bootstrap.cluster.x-k8s.io/v1beta2:NodeadmConfig",
];

function belongs(step: PreviewStep, homes: ReadonlyMap<string, Home>, decided: Decided): boolean {
  const { op } = step;
  const { type, parent, retainOnDelete } = stateOf(step) ?? { type: "", parent: "", retainOnDelete: false };
  const home = homes.get(parent);
  if (op === "delete")
    return retainOnDelete && (isRevision(step) || (home?.nodes === true && NODE_GROUP.includes(type)));
  if (op !== "create" && op !== "update") return false;
  if (isAddOn(step)) return decided.clusters.has(trackKey(label(step, TRACK)));
  if (NODE_GROUP.includes(type)) return home?.nodes === true;
  if (op === "create") return isRevision(step);
  const allowed = mayChange(step, homes, decided);
  return allowed !== undefined && changedPaths(step).every((path) => isWithinAny(path, allowed));
}

/** What of an object a step may change; undefined where no step is its business. */
function mayChange(step: PreviewStep, homes: ReadonlyMap<string, Home>, decided: Decided): readonly Path[] | undefined {
  const { type, parent } = stateOf(step) ?? { type: "", parent: "" };
  if (type === CLUSTER) return homes.has(parent) ? MOVED : undefined;
  return decided.clusters.has(label(step, "cluster.x-k8s.io/cluster-name")) ? AUTOSCALER_IMAGE : undefined;
}

/** An object whose name is the hash of its content. */
function isRevision(step: PreviewStep): boolean {
  const parent = typeOf(stateOf(step)?.parent ?? "");
  return (
    parent === "cluster-fleet:index:ClusterClasses" || (parent === "cluster-fleet:index:Baseline" && !isAddOn(step))
  );
}

function isAddOn(step: PreviewStep): boolean {
  return label(step, ADD_ON) !== "";
}

/** `*` is any place in a list. */
const MOVED: readonly Path[] = [
  ["spec", "topology", "version"],
  ["spec", "topology", "classRef"],
  ["spec", "topology", "variables"],
  ...["class", "failureDomain", "variables"].map((member) => [
    "spec",
    "topology",
    "workers",
    "machineDeployments",
    "*",
    member,
  ]),
  ...[BASE, TRACK, MONITORING, LOGGING].map((key) => ["metadata", "labels", key]),
  ["metadata", "annotations", STEP],
];
const AUTOSCALER_IMAGE: readonly Path[] = [["spec", "template", "spec", "containers", "*", "image"]];

function isWithinAny(path: Path, allowed: readonly Path[]): boolean {
  return allowed.some((prefix) =>
    prefix.every((part, index) => (part === "*" ? typeof path[index] === "number" : part === path[index])),
  );
}

function described(step: PreviewStep, allowed: readonly Path[]): OtherChange {
  const type = stateOf(step)?.type ?? "";
  const isWhole = step.op === "create" || step.op === "delete";
  const fields = isWhole ? [] : changedPaths(step).filter((path) => !isWithinAny(path, allowed));
  return { op: step.op, object: `${type.split(":").at(-1)} ${nameOf(step)}`, fields: fields.map(formatPath) };
}

/** Where the inputs of a resource differ. */
function changedPaths({ oldState, newState }: PreviewStep): Path[] {
  return differences(oldState?.inputs, newState?.inputs, []);
}

function differences(before: unknown, after: unknown, path: Path): Path[] {
  const isBranch = (isMap(before) && isMap(after)) || (Array.isArray(before) && Array.isArray(after));
  if (!isBranch) return isSame(before, after) ? [] : [path];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const part = Array.isArray(before) ? Number(key) : key;
    return differences(valueAt(before, [part]), valueAt(after, [part]), [...path, part]);
  });
}

function isSame(before: unknown, after: unknown): boolean {
  return canonicalJson((before ?? null) as Json) === canonicalJson((after ?? null) as Json);
}

function label(step: PreviewStep, key: string): string {
  return String(valueAt(stateOf(step)?.inputs, ["metadata", "labels", key]) ?? "");
}
