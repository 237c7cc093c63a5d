import { spawn } from "node:child_process";

import { PROJECT_FOLDER, PulumiMissing } from "../pulumi";
import { type Interrupts } from "./interrupts";

export interface EngineCommand {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly interrupts: Interrupts;
  /** Receives what the engine says as it comes. Default: it is only collected. */
  readonly show?: (text: string) => void;
}

export interface EngineRun {
  readonly code: number;
  readonly stdout: string;
  /** All that it said, on both streams. */
  readonly said: string;
}

/**
 * Runs the engine in a process group of its own, so that Ctrl-C reaches it through us alone: asked once it finishes the
 * operations under way and gives its lock back, asked again it drops them.
 * @throws PulumiMissing
 */
export function runEngine({ args, env, interrupts, show }: EngineCommand): Promise<EngineRun> {
  const whole = [...args, "--non-interactive"];
  const child = spawn("pulumi", whole, {
    cwd: PROJECT_FOLDER,
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output = { stdout: "", said: "" };
  const keep = (name: "stdout" | "stderr") => (text: string) => {
    if (name === "stdout") output.stdout += text;
    output.said += text;
    show?.(text);
  };
  child.stdout.setEncoding("utf8").on("data", keep("stdout"));
  child.stderr.setEncoding("utf8").on("data", keep("stderr"));
  const stopPassing = interrupts.passTo(() => child.kill("SIGINT"));
  return new Promise<EngineRun>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new PulumiMissing() : error),
    );
    child.once("close", (code) => resolve({ code: code ?? 1, ...output }));
  }).finally(stopPassing);
}
