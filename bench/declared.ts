import { isDeepStrictEqual } from "node:util";

import { SandboxProblem } from "../sandbox/problem";
import { type StackResource, type StackState } from "./stack";

/** A Kubernetes object as a program declares it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [key: string]: unknown;
}

/** All that a program of one cluster declares: what the bare program is given, so that both declare the same. */
export interface Declared {
  readonly provider: Readonly<Record<string, unknown>>;
  readonly namespace: Manifest;
  /** Templates first, then the class that names them. */
  readonly classObjects: readonly Manifest[];
  readonly cluster: Manifest;
}

/** Reads from the state of our program's stack what it declared. The first of several clusters counts. */
export function declaredIn(state: StackState): Declared {
  const objects = objectsIn(state);
  const [namespace] = objects.filter(({ kind }) => kind === "Namespace");
  const [cluster] = objects.filter(({ kind }) => kind === "Cluster");
  const provider = state.deployment.resources?.find(({ type }) => type === "pulumi:providers:kubernetes")?.inputs;
  if (namespace === undefined || cluster === undefined || provider === undefined) {
    throw new Error("the stack of our program declares no provider, no namespace or no cluster");
  }
  const rest = objects.filter((object) => object !== namespace && object.kind !== "Cluster");
  const classObjects = [...rest].sort((a, b) => Number(a.kind === "ClusterClass") - Number(b.kind === "ClusterClass"));
  return { provider: providerSettings(provider), namespace, classObjects, cluster };
}

/** As the program gave them: the state holds truth values as text, and the plugin's version beside them. */
function providerSettings({ version: _ofThePlugin, ...inputs }: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(inputs);
  return Object.fromEntries(entries.map(([name, value]) => [name, value === "true" ? true : value]));
}

/** The same for another environment: its name stands in the namespace and in labels. */
export function inEnvironment(declared: Declared, from: string, to: string): Declared {
  return JSON.parse(JSON.stringify(declared).replaceAll(`"${from}"`, JSON.stringify(to))) as Declared;
}

/**
 * The two programs may only be compared while they declare the same objects.
 * @throws SandboxProblem with the first object that differs.
 */
export function assertSameObjects(ours: StackState, ourName: string, bare: StackState, bareName: string): void {
  const sorted = (state: StackState) => objectsIn(state).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const renamed = JSON.parse(
    JSON.stringify(sorted(bare)).replaceAll(`"${bareName}"`, JSON.stringify(ourName)),
  ) as Manifest[];
  const mine = sorted(ours);
  const differs = mine.findIndex((object, index) => !isDeepStrictEqual(object, renamed[index]));
  if (differs === -1 && mine.length === renamed.length) return;
  const text = (object: Manifest | undefined) => JSON.stringify(object, undefined, 2);
  throw new SandboxProblem(
    `The bare program declares other objects than ours, so their times cannot be compared. Ours:\n` +
      `${text(mine[differs])}\nBare:\n${text(renamed[differs])}\nCorrect bench/bare/index.ts.`,
  );
}

function objectsIn(state: StackState): Manifest[] {
  const kubernetes = ({ type }: StackResource) => type.startsWith("kubernetes:");
  return (state.deployment.resources ?? []).filter(kubernetes).map(({ inputs }) => inputs as unknown as Manifest);
}

function keyOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}
