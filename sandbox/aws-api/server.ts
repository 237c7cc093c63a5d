import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";

import { type SandboxPaths } from "../layout";
import { lastLines } from "../management/strays";
import { SandboxProblem } from "../problem";
import { withoutAws } from "../process/environment";
import { type Image } from "./images";

/** Ignores the user's PYTHON* variables, and leaves no compiled files in the clone. */
export const PYTHON_FLAGS = ["-E", "-B"];

const READY_MS = 60_000;

/**
 * A simulated AWS API for one sandbox. It keeps what it has in memory, takes any credentials, and ends with this process
 * at the latest.
 */
export class AwsApi {
  private constructor(
    /** `http://127.1.2.3:41234` */
    readonly url: string,
    readonly log: string,
    private readonly child: ChildProcess,
    private readonly atExit: () => void,
  ) {}

  /**
   * @param python That of the environment, see `environment.ts`.
   * @param address Loopback address to listen on.
   * @param images The machine images that there are.
   * @throws SandboxProblem with the last lines of its log.
   */
  static async start(python: string, paths: SandboxPaths, address: string, images: readonly Image[]): Promise<AwsApi> {
    const file = path.join(paths.config, "aws-images.json");
    mkdirSync(paths.config, { recursive: true });
    writeFileSync(file, JSON.stringify(images));
    const log = path.join(paths.logs, "aws-api.log");
    mkdirSync(paths.logs, { recursive: true });
    const output = openSync(log, "a", 0o600);
    const options = ["--address", address, "--parent", String(process.pid), "--images", file];
    const args = [...PYTHON_FLAGS, path.join(__dirname, "server.py"), ...options];
    // A group of its own: Ctrl-C is for whoever drives it.
    const env = { ...process.env, ...withoutAws() };
    const child = spawn(python, args, { stdio: ["ignore", "pipe", output], detached: true, env });
    closeSync(output);
    const atExit = () => void child.kill("SIGKILL");
    process.once("exit", atExit);
    const port = await firstLine(child);
    if (port !== undefined) return new AwsApi(`http://${address}:${port}`, log, child, atExit);
    atExit();
    throw new SandboxProblem(`The simulated AWS API does not start. The last lines of ${log}:\n${lastLines(log, 12)}`);
  }

  /** Returns when it has ended. */
  async stop(): Promise<void> {
    process.off("exit", this.atExit);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }
}

/** @returns undefined if the process ends before, or takes too long. */
function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), READY_MS);
    const done = (line?: string) => {
      clearTimeout(timer);
      resolve(line);
    };
    child.once("error", () => done()).once("close", () => done());
    if (child.stdout !== null) createInterface(child.stdout).once("line", done);
  });
}
