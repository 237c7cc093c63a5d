import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";

import { connect, listAll } from "../live/management-client";
import { observe } from "../live/observe";
import { REPOSITORY } from "../sandbox/layout";
import { type Declared } from "./declared";
import { type TemporarySandbox } from "../sandbox/temporary";
import { BenchStack } from "./stack";

export const BARE_PROGRAM = path.join(__dirname, "bare");

/** `c0001`, `c0002`… */
export function clusterNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `c${String(index + 1).padStart(4, "0")}`);
}

/**
 * The keys of a stack file for `count` clusters of one control-plane machine and one worker each. They are paused: API
 * server and admission webhooks do their work, and no machine is ever made.
 * @param kubeconfig Path of the management cluster's kubeconfig.
 */
export function fleetConfig(environment: string, count: number, kubeconfig: string) {
  const everyCluster = {
    class: "in-memory-kubeadm",
    version: "v1.35.2",
    controlPlane: { replicas: 1 },
    workers: { default: { replicas: 1 } },
    paused: true,
  };
  return {
    environment,
    management: { kind: "kubeconfig", name: "sandbox", path: kubeconfig },
    overlay: everyCluster,
    clusters: Object.fromEntries(clusterNames(count).map((name) => [name, { region: "eu-west-1" }])),
  };
}

/** A stack of our program. Its name is its environment. */
export function ourStack({ engine, paths }: TemporarySandbox, name: string, count: number): Promise<BenchStack> {
  const keys = Object.entries(fleetConfig(name, count, paths.kubeconfig));
  const config = Object.fromEntries(keys.map(([key, value]) => [`cluster-fleet:${key}`, value]));
  return BenchStack.create(engine, paths, name, REPOSITORY, config);
}

/** A stack of the bare program. */
export function bareStack(
  { engine, paths }: TemporarySandbox,
  name: string,
  count: number,
  declared: Declared,
): Promise<BenchStack> {
  const config = { "cluster-fleet:clusters": clusterNames(count), "cluster-fleet:declared": declared };
  return BenchStack.create(engine, paths, name, BARE_PROGRAM, config);
}

/**
 * Publishes namespace and class, as an earlier run of either program would have left them: where a `Cluster` names a
 * class that is not reconciled yet, Cluster API's webhook waits for seconds.
 */
export async function publishClass(
  { paths }: Pick<TemporarySandbox, "paths">,
  { namespace, classObjects }: Declared,
): Promise<void> {
  const home = namespace.metadata.name;
  const api = KubernetesObjectApi.makeApiClient(await connect({ path: paths.kubeconfig }));
  await api.create(namespace as KubernetesObject);
  for (const { metadata, ...rest } of classObjects) {
    await api.create({ ...rest, metadata: { ...metadata, namespace: home } } as KubernetesObject);
  }
  await until(`the class in ${home} is reconciled`, async () => {
    const { classes } = await observe({ source: { path: paths.kubeconfig }, namespace: home });
    return classes.length > 0 && classes.every(({ reconciled }) => reconciled);
  });
}

const QUIET_MS = 3_000;

/** Returns when the controllers have done what they do about new clusters, so that they disturb no measurement. */
export async function quiet({ paths }: TemporarySandbox, namespaces: readonly string[]): Promise<void> {
  const kubeconfig = await connect({ path: paths.kubeconfig });
  const kind = { group: "cluster.x-k8s.io", version: "v1beta2", plural: "clusters" };
  let before = "";
  await until(`the controllers have come to rest in ${namespaces.join(" and ")}`, async () => {
    const lists = await Promise.all(namespaces.map((namespace) => listAll(kubeconfig, kind, namespace)));
    const now = JSON.stringify(lists.flat().map(({ metadata }) => metadata));
    const rests = now === before;
    before = now;
    if (!rests) await sleep(QUIET_MS);
    return rests;
  });
}

const PATIENCE_MS = 5 * 60_000;

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS / 60_000} minutes in vain until ${what}`);
    await sleep(200);
  }
}
