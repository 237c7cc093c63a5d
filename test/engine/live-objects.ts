import * as assert from "node:assert/strict";
import {
  ApiException,
  ApiextensionsV1Api,
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node";
import { loadKubeconfig } from "../../live/management-client";
import { eventually } from "./eventually";

/** An object as the API server sends it. */
export interface LiveObject extends KubernetesObject {
  readonly metadata: NonNullable<KubernetesObject["metadata"]> & { readonly name: string };
  readonly spec?: unknown;
}

export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

export const CLUSTER: Kind = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster" };
export const CLUSTER_CLASS: Kind = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "ClusterClass" };
export const MACHINE: Kind = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Machine" };
export const NAMESPACE: Kind = { apiVersion: "v1", kind: "Namespace" };
export const SECRET: Kind = { apiVersion: "v1", kind: "Secret" };

/** The label by which Cluster API tells whose an object is. */
export const OF_CLUSTER = "cluster.x-k8s.io/cluster-name";

/** What lives in one namespace of the management cluster, seen and changed without Pulumi. */
export class LiveObjects {
  private readonly kubeconfig: KubeConfig;
  private readonly api: KubernetesObjectApi;

  constructor(
    kubeconfigPath: string,
    private readonly namespace: string,
  ) {
    this.kubeconfig = loadKubeconfig({ path: kubeconfigPath });
    this.api = KubernetesObjectApi.makeApiClient(this.kubeconfig);
  }

  /** @param labels A label selector. */
  async list({ apiVersion, kind }: Kind, labels?: string): Promise<LiveObject[]> {
    const none = undefined;
    const answer = await this.api.list(apiVersion, kind, this.namespace, none, none, none, none, labels);
    return (answer.items as LiveObject[]).map((item) => ({ ...item, apiVersion, kind }));
  }

  /** The names, sorted. */
  async names(kind: Kind, labels?: string): Promise<string[]> {
    return (await this.list(kind, labels)).map(({ metadata }) => metadata.name).sort();
  }

  async read(kind: Kind, name: string): Promise<LiveObject> {
    return (await this.api.read({ ...kind, metadata: { name, namespace: this.namespace } })) as LiveObject;
  }

  async exists(kind: Kind, name: string): Promise<boolean> {
    return this.read(kind, name).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ApiException && error.code === 404) return false;
        throw error;
      },
    );
  }

  async create(
    object: Kind & { readonly metadata: { readonly name: string }; readonly spec?: unknown },
  ): Promise<void> {
    await this.api.create({ ...object, metadata: { ...object.metadata, namespace: this.namespace } });
  }

  /** A merge patch by a person with kubectl, not by us. */
  async edit(kind: Kind, name: string, change: object): Promise<void> {
    const target = { ...change, ...kind, metadata: { ...metadataOf(change), name, namespace: this.namespace } };
    await this.api.patch(target, undefined, undefined, "kubectl-edit", undefined, PatchStrategy.MergePatch);
  }

  /** Every object of every kind of Cluster API. */
  async listClusterApi(): Promise<LiveObject[]> {
    const lists = await Promise.all((await this.clusterApiKinds()).map((kind) => this.list(kind)));
    return lists.flat();
  }

  /** Those of them that we declared. Labels do not tell: Cluster API copies a template's to the copies it makes. */
  async listOurs(): Promise<LiveObject[]> {
    return (await this.listClusterApi()).filter(isDeclaredByUs);
  }

  /** Machines of a cluster: control plane and workers. */
  async machines(cluster: string): Promise<{ controlPlane: LiveObject[]; workers: LiveObject[] }> {
    const all = await this.list(MACHINE, `${OF_CLUSTER}=${cluster}`);
    const isControlPlane = ({ metadata }: LiveObject) =>
      metadata.labels?.["cluster.x-k8s.io/control-plane"] !== undefined;
    return { controlPlane: all.filter(isControlPlane), workers: all.filter((each) => !isControlPlane(each)) };
  }

  /** Returns when a cluster has as many machines, no more and no fewer. */
  async haveMachines(cluster: string, expected: { controlPlane: number; workers: number }): Promise<void> {
    await eventually(`machines of ${cluster}`, async () => {
      const { controlPlane, workers } = await this.machines(cluster);
      assert.deepEqual({ controlPlane: controlPlane.length, workers: workers.length }, expected);
    });
  }

  private async clusterApiKinds(): Promise<Kind[]> {
    const { items } = await this.kubeconfig.makeApiClient(ApiextensionsV1Api).listCustomResourceDefinition();
    return items
      .filter(({ spec }) => spec.group.endsWith("cluster.x-k8s.io") && spec.scope === "Namespaced")
      .map(({ spec }) => {
        const version = spec.versions.find(({ storage }) => storage)?.name ?? "";
        return { apiVersion: `${spec.group}/${version}`, kind: spec.names.kind };
      });
  }
}

/** Whether our field manager has a part in it. */
export function isDeclaredByUs({ metadata }: LiveObject): boolean {
  return metadata.managedFields?.some(({ manager }) => manager === "cluster-fleet") ?? false;
}

function metadataOf(change: object): object {
  return "metadata" in change ? (change.metadata as object) : {};
}
