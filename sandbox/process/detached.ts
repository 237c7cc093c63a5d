import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isAlive, type ProcessIdentity } from "./identity";

export interface DetachedCommand {
  readonly binary: string;
  readonly args: readonly string[];
  /** Added to this process's environment; undefined takes away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output and error are appended to this file. */
  readonly log: string;
}

/**
 * Starts a process that outlives this one, in a process group of its own.
 * @throws Error if the binary cannot be executed at all.
 */
export async function startDetached(command: DetachedCommand): Promise<ProcessIdentity> {
  mkdirSync(path.dirname(command.log), { recursive: true });
  const log = openSync(command.log, "a", 0o600);
  try {
    const child = spawn(command.binary, command.args, {
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, ...command.env },
    });
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    const pid = child.pid as number;
    // A process that has ended already is recorded with a start that no process has.
    return identify(pid) ?? { pid, started: "ended at once" };
  } finally {
    closeSync(log);
  }
}

/**
 * Ends a process and its group: SIGTERM, then SIGKILL after the grace time. Returns when it is gone.
 * Does nothing if the pid now belongs to another process.
 * @param graceMs Milliseconds between the two signals; 0 kills at once.
 */
export async function stopDetached(target: ProcessIdentity, graceMs: number): Promise<void> {
  if (graceMs > 0) {
    signalGroup(target, "SIGTERM");
    if (await gone(target, graceMs)) return;
  }
  signalGroup(target, "SIGKILL");
  if (!(await gone(target, 10_000))) throw new Error(`process ${target.pid} does not end, not even on SIGKILL`);
}

/** Signals the group that this process leads, or the process alone where it leads none. Never another process. */
export function signalGroup(target: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(target)) return;
  for (const pid of [-target.pid, target.pid]) {
    try {
      process.kill(pid, signal);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

async function gone(target: ProcessIdentity, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (isAlive(target)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
