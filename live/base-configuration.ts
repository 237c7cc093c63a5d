import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";

import { BASE_NAME, BASE_NAMESPACE, type BaseObject } from "../fleet/baseline/base-objects";
import { differences } from "../fleet/baseline/comparison";
import { type BaseEdit, BaseState, type FoundBase, objectTitle, stateOf } from "../fleet/baseline/found";
import { BASE } from "../fleet/baseline/labels";
import { namespacesPart } from "../fleet/baseline/resource-sets";
import { MANAGED_BY, MANAGER } from "../fleet/labels";
import { remembered } from "../fleet/remembered";
import { readBaseText } from "./base-parts";
import { clusterKubeconfig } from "./cluster-kubeconfig";
import { CLUSTERS } from "./kinds";
import { listAll, messageOf } from "./management-client";
import { PATIENCE_SECONDS, RawObjects, RequestRefused } from "./raw-objects";

/** How many clusters are looked at at once: one that does not answer takes ten seconds, and of hundreds many may not. */
const AT_ONCE = 32;

/** The objects that a revision applies, as the management cluster holds them. */
interface Contents {
  readonly namespaces: readonly BaseObject[];
  readonly objects: readonly BaseObject[];
}

/**
 * Compares each cluster of a namespace with the revision of the base configuration that its label names. It looks at the
 * workload clusters themselves and changes nothing there.
 * @param kubeconfig Of the management cluster.
 * @param only Names of clusters; default: all.
 */
export async function findBases(
  kubeconfig: KubeConfig,
  namespace: string,
  only?: readonly string[],
): Promise<FoundBase[]> {
  const clusters = (await listAll(kubeconfig, CLUSTERS, namespace))
    .map(({ metadata }) => ({ name: metadata.name, declared: metadata.labels?.[BASE] }))
    .filter(({ name }) => only === undefined || only.includes(name));
  const contentsOf = contentsReader(kubeconfig, namespace);
  const found: FoundBase[] = [];
  for (let start = 0; start < clusters.length; start += AT_ONCE) {
    const some = clusters.slice(start, start + AT_ONCE);
    found.push(
      ...(await Promise.all(
        some.map(({ name, declared }) =>
          declared === undefined
            ? { cluster: name, found: BaseState.None, edits: [], leftOver: [] }
            : findBase(kubeconfig, namespace, name, declared, contentsOf),
        ),
      )),
    );
  }
  return found;
}

async function findBase(
  management: KubeConfig,
  namespace: string,
  cluster: string,
  declared: string,
  contentsOf: (revision: string) => Promise<Contents | undefined>,
): Promise<FoundBase> {
  const unknown = (reason: string): FoundBase => ({
    cluster,
    declared,
    found: BaseState.NotReachable,
    edits: [],
    leftOver: [],
    reason,
  });
  const contents = await contentsOf(declared);
  if (contents === undefined) return unknown(`the management cluster does not hold ${declared}`);
  const text = await clusterKubeconfig(management, { namespace, cluster, forPeople: false });
  if (text === undefined) return unknown("it has no kubeconfig yet");
  const kubeconfig = new KubeConfig();
  try {
    kubeconfig.loadFromString(text);
  } catch (error) {
    return unknown(`its kubeconfig cannot be read (${messageOf(error)})`);
  }
  if (kubeconfig.getCurrentCluster() === null) return unknown("its kubeconfig names no cluster");
  try {
    return { cluster, declared, ...(await compare(kubeconfig, contents)) };
  } catch (error) {
    return unknown(messageOf(error, PATIENCE_SECONDS));
  }
}

/** Reads each revision once. Anything but its own objects would be an error of ours. */
function contentsReader(kubeconfig: KubeConfig, namespace: string) {
  const api = kubeconfig.makeApiClient(CoreV1Api);
  const objectsOf = async (name: string) => {
    const text = await readBaseText(api, namespace, name);
    return text === undefined ? undefined : (JSON.parse(text) as BaseObject[]);
  };
  return remembered(async (revision: string): Promise<Contents | undefined> => {
    const [namespaces, objects] = await Promise.all([objectsOf(namespacesPart(revision)), objectsOf(revision)]);
    return namespaces === undefined || objects === undefined ? undefined : { namespaces, objects };
  });
}

async function compare(kubeconfig: KubeConfig, { namespaces, objects }: Contents) {
  const api = new RawObjects(kubeconfig);
  const edits: BaseEdit[] = [];
  // One after the other: a few small requests, and the answer is in the revision's order.
  for (const object of namespaces) edits.push(...(await namespaceEdits(api, object)));
  for (const object of objects) edits.push(...(await objectEdits(api, object)));
  return { found: stateOf(objects, edits), edits, leftOver: await leftOver(api, [...namespaces, ...objects]) };
}

/** Namespaces are made and then left alone. */
async function namespaceEdits(api: RawObjects, object: BaseObject): Promise<BaseEdit[]> {
  return (await api.read(object)) === undefined ? [missing(object)] : [];
}

/** Asks the API server what applying the declaration again would leave there. */
async function objectEdits(api: RawObjects, object: BaseObject): Promise<BaseEdit[]> {
  const live = await api.read(object);
  if (live === undefined) return [missing(object)];
  const fields = differences(object, await applied(api, object, live.metadata.resourceVersion), live);
  return fields.length === 0 ? [] : [{ object: objectTitle(object), missing: false, fields }];
}

function missing(object: BaseObject): BaseEdit {
  return { object: objectTitle(object), missing: true, fields: [] };
}

async function applied(api: RawObjects, object: BaseObject, resourceVersion: string): Promise<object> {
  try {
    return await api.wouldBe({ ...object, metadata: { ...object.metadata, resourceVersion } } as BaseObject);
  } catch (error) {
    // A field that cannot be changed, such as a binding's role: what is declared is what it should be.
    if (error instanceof RequestRefused && error.status === 422) return object;
    throw error;
  }
}

/** Guards with our labels that the revision does not have: an earlier one guarded more namespaces. */
async function leftOver(api: RawObjects, declared: readonly BaseObject[]): Promise<string[]> {
  const known = new Set(declared.map(objectTitle));
  const kinds = new Map(declared.filter(isGuard).map(({ apiVersion, kind }) => [kind, apiVersion]));
  const found: string[] = [];
  for (const [kind, apiVersion] of kinds) {
    const items = await api.list({ apiVersion, kind }, `${MANAGED_BY}=${MANAGER},${BASE}`);
    found.push(...items.map(({ metadata }) => objectTitle({ kind, metadata })).filter((title) => !known.has(title)));
  }
  return found.sort();
}

/** What stands in each guarded namespace. */
function isGuard({ metadata }: BaseObject): boolean {
  return metadata.name === BASE_NAME && metadata.namespace !== BASE_NAMESPACE;
}
