import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";

import { REPOSITORY } from "../../sandbox/layout";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Of both streams. */
  readonly output: string;
}

export interface SandboxProcess {
  readonly child: ChildProcess;
  /** What it has said until now. */
  readonly output: () => string;
  readonly ended: Promise<Ended>;
}

/** `npm run sandbox` in a folder of the test's own, off a terminal. */
export class SandboxProcesses {
  private readonly running = new Set<ChildProcess>();

  constructor(private readonly root: string) {}

  start(...args: string[]): SandboxProcess {
    const child = spawn(process.execPath, [path.join("sandbox", "start.mjs"), ...args], {
      cwd: REPOSITORY,
      env: { ...process.env, CLUSTER_FLEET_SANDBOX_DIR: this.root },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running.add(child);
    let output = "";
    const collect = (chunk: string) => void (output += chunk);
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    const ended = new Promise<Ended>((resolve) => {
      child.once("exit", (code, signal) => {
        this.running.delete(child);
        // Processes that outlive the command do not hold its output.
        setImmediate(() => resolve({ code, signal, output }));
      });
    });
    return { child, output: () => output, ended };
  }

  /** Ends those that a failed test has left, and removes their sandbox. */
  async remove(): Promise<void> {
    this.running.forEach((child) => child.kill("SIGKILL"));
    await this.start("down").ended;
  }
}
