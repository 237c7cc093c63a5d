import { mkdirSync, writeFileSync } from "node:fs";
import { type Engine } from "../engine/engine";
import { stackExists } from "../engine/recovery";
import { logFile } from "../management/processes";
import { SandboxProblem } from "../problem";
import { STACKS } from "./arguments";
import { alone, type Context, startSandbox } from "./context";

/** `pulumi up`, with the sandbox started first if need be. */
export async function up(context: Context, stack: string | undefined, rest: readonly string[]): Promise<void> {
  await alone(context.paths, () => pulumi(context, "up", stack, rest));
}

/** `pulumi preview`, with the sandbox started first if need be. */
export async function preview(context: Context, stack: string | undefined, rest: readonly string[]): Promise<void> {
  await alone(context.paths, () => pulumi(context, "preview", stack, rest));
}

async function pulumi(
  context: Context,
  verb: "up" | "preview",
  stack: string | undefined,
  rest: readonly string[],
): Promise<void> {
  const { engine } = await startSandbox(context);
  const attached = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  // Off a terminal nobody can be asked, and the stacks of a sandbox are there to be tried on.
  const consent = verb === "up" && !attached && !rest.includes("--yes") && !rest.includes("-y") ? ["--yes"] : [];
  for (const name of stack === undefined ? STACKS : [stack]) {
    await engine.prepareStack(name, context.report.line);
    context.report.line(`\npulumi ${verb} --stack ${name}`);
    const args = [verb, ...stackArguments(engine, name), ...consent, ...rest];
    const run = await engine.run(args, attached ? { attached } : { onLine: context.report.line });
    if (run.interrupted) throw new SandboxProblem(`pulumi ${verb} was stopped.`, 130);
    if (run.code !== 0) throw new SandboxProblem(`pulumi ${verb} --stack ${name} failed (exit code ${run.code}).`);
  }
}

/** Brings one stack up without a question; its output goes to a log file, and to the user if it fails. */
export async function bringUp({ paths, report }: Context, engine: Engine, stack: string): Promise<void> {
  const step = report.step(`Stack ${stack}`);
  try {
    await engine.prepareStack(stack, report.line);
    const args = ["up", "--yes", "--skip-preview", "--non-interactive", ...stackArguments(engine, stack)];
    let resources = 0;
    const run = await engine.run(args, {
      onLine(line) {
        if (/ (created|updated|deleted|replaced) \(/.test(line)) step.update(`${++resources} resources changed`);
      },
    });
    mkdirSync(paths.logs, { recursive: true });
    writeFileSync(logFile(paths, stack), `${run.stdout}${run.stderr}`);
    if (run.interrupted) throw new SandboxProblem("Interrupted; the engine has ended.", 130);
    if (run.code !== 0) {
      throw new SandboxProblem(
        `pulumi up --stack ${stack} failed (exit code ${run.code}):\n${run.stdout}${run.stderr}`,
      );
    }
    step.done(changes(run.stdout));
  } catch (error) {
    step.abandon();
    throw error;
  }
}

/** Deletes everything that a stack has made, and the stack; does nothing where there is none. */
export async function takeDown({ paths, report }: Context, engine: Engine, stack: string): Promise<void> {
  if (!stackExists(paths, stack)) return;
  await engine.prepareStack(stack, report.line);
  const step = report.step(`Stack ${stack}`);
  try {
    const named = ["--yes", "--non-interactive", "--stack", stack];
    for (const args of [
      ["destroy", "--skip-preview", ...named, ...engine.configArguments(stack)],
      ["stack", "rm", "--preserve-config", ...named],
    ]) {
      const run = await engine.run(args);
      if (run.interrupted) throw new SandboxProblem("Interrupted; the engine has ended.", 130);
      if (run.code !== 0) {
        throw new SandboxProblem(
          `pulumi ${args[0]} failed for ${stack} (exit code ${run.code}):\n${run.stdout}${run.stderr}`,
        );
      }
    }
    step.done("removed");
  } catch (error) {
    step.abandon();
    throw error;
  }
}

function stackArguments(engine: Engine, stack: string): string[] {
  return ["--stack", stack, "--policy-pack", "policy", ...engine.configArguments(stack)];
}

/** What the engine says it did: the lines under `Resources:`, in one. */
export function changes(output: string): string {
  const block = /^Resources:\n((?: +.*\n)+)/m.exec(output)?.[1] ?? "";
  const lines = block.split("\n").map((line) => line.trim().replace(/^[^\w]+/, ""));
  return lines.filter(Boolean).join(", ") || "done";
}
