import { existsSync, readFileSync } from "node:fs";

import { type EngineRun } from "../engine/run";
import { type SandboxPaths } from "../layout";
import { SandboxProblem } from "../problem";
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
