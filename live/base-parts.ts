import { ApiException, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";

import { BASE } from "../fleet/baseline/labels";
import { OBJECTS_KEY } from "../fleet/baseline/resource-sets";
import { MANAGED_BY, MANAGER } from "../fleet/labels";
import { type BasePart } from "../fleet/prune";
import { RESOURCE_SETS } from "./kinds";
import { ifServed, listAll } from "./management-client";

/** The objects of ours of every revision of the base configuration that a namespace holds. */
export async function findBaseParts(kubeconfig: KubeConfig, namespace: string): Promise<BasePart[]> {
  const labelSelector = `${MANAGED_BY}=${MANAGER},${BASE}`;
  const [sets, contents] = await Promise.all([
    ifServed(listAll(kubeconfig, RESOURCE_SETS, namespace)),
    kubeconfig.makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace, labelSelector }),
  ]);
  return [...partsOf("ClusterResourceSet", sets), ...partsOf("ConfigMap", contents.items)];
}

/** What a part of a revision holds, by the name of its `ConfigMap`; undefined where there is none. */
export async function readBaseText(api: CoreV1Api, namespace: string, name: string): Promise<string | undefined> {
  try {
    return (await api.readNamespacedConfigMap({ namespace, name })).data?.[OBJECTS_KEY];
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

interface Labelled {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
}

function partsOf(kind: BasePart["kind"], objects: readonly Labelled[]): BasePart[] {
  return objects.flatMap(({ metadata: { name, labels } = {} }) => {
    const revision = labels?.[MANAGED_BY] === MANAGER ? labels[BASE] : undefined;
    return name === undefined || revision === undefined ? [] : [{ kind, name, revision }];
  });
}
