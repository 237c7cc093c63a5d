import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { type EngineRun } from "../engine/run";
import { type SandboxPaths } from "../layout";
import { request } from "../management/api";
import { SandboxProblem } from "../problem";
import { kubeconfigAccess } from "./access";
import { type PlannedStep, type RehearsedStack } from "./rehearsed-stack";

/** @throws SandboxProblem with the engine's words, unless it ended well. */
export function succeeded(what: string, run: EngineRun): EngineRun {
  if (run.code === 0) return run;
  throw new SandboxProblem(`${what} failed (exit code ${run.code}):\n${run.stdout}${run.stderr}`);
}

/** @throws SandboxProblem if it ended well, or otherwise than with these words. */
export function refused(what: string, run: EngineRun, words: RegExp): void {
  if (run.code === 0) throw new SandboxProblem(`${what} was not refused:\n${run.stdout}`);
  if (words.test(run.stdout + run.stderr)) return;
  throw new SandboxProblem(`${what} was refused with other words than ${String(words)}:\n${run.stdout}${run.stderr}`);
}

/** @throws SandboxProblem unless there is nothing to do. */
export async function isQuiet(stack: RehearsedStack): Promise<void> {
  succeeded(`A second preview of ${stack.name}`, await stack.preview("--expect-no-changes"));
}

/** @throws SandboxProblem unless every resource that one pattern names is changed before those that the next names. */
export function inThisOrder(steps: readonly PlannedStep[], ...patterns: readonly RegExp[]): void {
  const places = patterns.map((pattern) => steps.flatMap(({ urn }, index) => (pattern.test(urn) ? [index] : [])));
  places.forEach((own, index) => {
    const next = places[index + 1];
    if (own.length === 0) throw new SandboxProblem(`Nothing that ${String(patterns[index])} names is changed.`);
    if (next !== undefined && Math.max(...own) > Math.min(...next)) {
      const names = steps.map(({ op, urn }) => `  ${op} ${urn}`).join("\n");
      throw new SandboxProblem(
        `${String(patterns[index])} is not done before ${String(patterns[index + 1])} begins:\n${names}`,
      );
    }
  });
}

/** @throws SandboxProblem if anything is replaced or deleted, other than a provider, which is the engine's alone. */
export function nothingGoes(steps: readonly PlannedStep[]): void {
  const going = steps.filter(({ op, urn }) => /replace|delete/.test(op) && !urn.includes("::pulumi:providers:"));
  if (going.length === 0) return;
  throw new SandboxProblem(`These would go:\n${going.map(({ op, urn }) => `  ${op} ${urn}`).join("\n")}`);
}

/** How many things the simulated account has. */
export function heldInAccount({ aws }: SandboxPaths): number {
  return existsSync(aws) ? (JSON.parse(readFileSync(aws, "utf8")) as { held: unknown[] }).held.length : 0;
}

/**
 * Cluster API makes all objects of a cluster from its class; whatever a webhook refuses, it says in a condition.
 * @throws SandboxProblem unless all objects of all clusters in a namespace are accepted within a minute.
 */
export async function allAccepted(paths: SandboxPaths, namespace: string): Promise<void> {
  const clusters = `/apis/cluster.x-k8s.io/v1beta2/namespaces/${namespace}/clusters`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { body } = await request(kubeconfigAccess(paths.kubeconfig), "GET", clusters);
    const { items } = JSON.parse(body) as { items: readonly ClusterState[] };
    const open = items.flatMap(({ metadata: { name }, status }) => {
      const found = status?.conditions?.find(({ type }) => type === "TopologyReconciled");
      return found?.status === "True" ? [] : [`${name}: ${found?.message ?? "no condition yet"}`];
    });
    if (items.length > 0 && open.length === 0) return;
    if (Date.now() > deadline) throw new SandboxProblem(`Not all objects are accepted:\n${open.join("\n")}`);
    await sleep(500);
  }
}

interface ClusterState {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditions?: readonly { type: string; status: string; message?: string }[] };
}
