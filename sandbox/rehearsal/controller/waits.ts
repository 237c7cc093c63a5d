import { isObject, type Json, type JsonObject, stringAt, valueAt } from "../../plugins/grpc/json";
import { type Cluster, collectionOf } from "./cluster";
import { isTrue } from "./conditions";

/** What one `kubectl wait` waits for. */
export interface Wait {
  readonly group: string;
  readonly plural: string;
  readonly name: string;
  /** Empty for what is in no namespace. */
  readonly namespace: string;
  /** Absent: that it is there. */
  readonly condition?: string;
}

/** Short names that kubectl knows. */
const SHORT_NAMES: Readonly<Record<string, string>> = { crd: "customresourcedefinitions.apiextensions.k8s.io" };

/**
 * What a Job of `kubectl wait` still waits for, asked as kubectl would and with the rights of the Job's pods. Undefined
 * where all of it holds, and for any other Job: what that one does nobody does here.
 */
export async function lackOfWaits(job: JsonObject, cluster: Cluster): Promise<string | undefined> {
  const waits = kubectlWaits(job);
  if (waits.length === 0) return undefined;
  const namespace = stringAt(job, "metadata", "namespace");
  const account = stringAt(job, "spec", "template", "spec", "serviceAccountName") || "default";
  const pods = await cluster.asPodsOf(namespace, account);
  if (pods === undefined) return `there is no ServiceAccount ${namespace}/${account}`;
  for (const wait of waits) {
    const unmet = await unmetWait(wait, pods).catch((error: unknown) => String(error));
    if (unmet !== undefined) return unmet;
  }
  return undefined;
}

/** None if the Job does anything else. */
export function kubectlWaits(job: JsonObject): Wait[] {
  const containers = ["initContainers", "containers"].flatMap((key) => items(job, "spec", "template", "spec", key));
  const waits = containers.map((container) => waitOf([...texts(container, "command"), ...texts(container, "args")]));
  return waits.every((wait) => wait !== undefined) ? waits : [];
}

function waitOf([program, verb, ...rest]: readonly string[]): Wait | undefined {
  if (program !== "kubectl" || verb !== "wait") return undefined;
  const [kind = "", name = ""] = (rest.find((word) => word.includes("/")) ?? "").split("/");
  const [plural = "", ...group] = (SHORT_NAMES[kind] ?? kind).split(".");
  const condition = /^condition=(.+)$/.exec(option(rest, "--for") ?? "")?.[1];
  return {
    group: group.join("."),
    plural,
    name,
    namespace: option(rest, "--namespace") ?? "",
    ...(condition === undefined ? {} : { condition }),
  };
}

/** `--name=value` or `--name value` */
function option(words: readonly string[], name: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** kubectl gets the object first, and then lists and watches it alone: it needs the rights for both. */
async function unmetWait({ group, plural, name, namespace, condition }: Wait, pods: Cluster) {
  const version = stringAt(await pods.find(`/apis/${group}`), "preferredVersion", "version");
  const collection = collectionOf(`${group}/${version}`, plural, namespace);
  const shown = `${plural}.${group}/${name}`;
  if (version === "" || (await pods.find(`${collection}/${name}`)) === undefined) return `${shown} is not there`;
  if (condition === undefined) return undefined;
  const [object] = await pods.list(collection, `&fieldSelector=metadata.name%3D${name}`);
  return object !== undefined && isTrue(object, condition) ? undefined : `${shown} is not ${condition}`;
}

function items(value: Json | undefined, ...keys: string[]): JsonObject[] {
  const found = valueAt(value, ...keys);
  return (Array.isArray(found) ? found : []).filter(isObject);
}

function texts(container: JsonObject, key: string): string[] {
  const found = container[key];
  return (Array.isArray(found) ? found : []).filter((item) => typeof item === "string");
}
