import { type ChildProcessByStdio, spawn } from "node:child_process";
import { type Readable } from "node:stream";

/** How long a program may take to end by itself after an interrupt, in milliseconds. */
const GRACE = 5000;

/** A started program with its output as streams. */
export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The programs that the language host runs: when the host ends, none of them stays behind. */
export class Children {
  private readonly running = new Set<Child>();

  /** Starts Node with these arguments. */
  start(args: string[], cwd: string, env: NodeJS.ProcessEnv): Child {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    this.running.add(child);
    child.on("close", () => this.running.delete(child));
    return child;
  }

  /** Interrupts a program, and kills it if it is still there after 5 seconds. */
  stop(child: Child): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const kill = setTimeout(() => child.kill("SIGKILL"), GRACE);
      child.on("exit", () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill("SIGINT");
    });
  }

  /** Interrupts every program that still runs. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((child) => this.stop(child)));
  }
}

/** How a program ended: its exit code, or 128 if a signal ended it. */
export function exitCode(child: Child): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 128));
  });
}
