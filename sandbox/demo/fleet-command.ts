import { spawn } from "node:child_process";
import * as path from "node:path";

import { whileInterruptible } from "../interrupt";
import { REPOSITORY, type SandboxPaths } from "../layout";

export interface FleetCommandEnd {
  readonly code: number;
  /** This process was told to stop meanwhile, and told the command. */
  readonly interrupted: boolean;
}

/** `npm run fleet -- ...` on the user's own terminal, about the stacks of this sandbox. */
export async function runFleetCommand({ root }: SandboxPaths, args: readonly string[]): Promise<FleetCommandEnd> {
  const command = [path.join("sandbox", "with-typescript.cjs"), path.join("cli", "main.ts"), ...args];
  // Where the user's settings name a backend, the command would look there.
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
  const env = { ...Object.fromEntries(kept), CLUSTER_FLEET_SANDBOX_DIR: root };
  const child = spawn(process.execPath, command, { cwd: REPOSITORY, env, stdio: "inherit" });
  let interrupted = false;
  const stop = (signal: NodeJS.Signals) => {
    interrupted = true;
    // A terminal sends its Ctrl-C to the command as well; one from us would be its second.
    if (!(process.stdin.isTTY && signal === "SIGINT")) child.kill(signal);
  };
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  return { code: await whileInterruptible(stop, ended), interrupted };
}
