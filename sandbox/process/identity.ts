import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process, told apart from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the words of the operating system; only ever compared for equality. */
  readonly started: string;
}

/** Whether this very process still runs. A zombie does not. */
export function isAlive(process: ProcessIdentity): boolean {
  return startOf(process.pid) === process.started;
}

/** The process that now has this pid, or undefined if there is none (or a zombie). */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
}

function startOf(pid: number): string | undefined {
  return process.platform === "linux" ? startFromProc(pid) : startFromPs(pid);
}

/** Boot id and start tick: unlike a time of day they are the same however the clock is set. */
export function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command name in brackets and may hold spaces; state is the third, start tick the 22nd.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function startFromPs(pid: number): string | undefined {
  const { stdout, status } = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
  const [, state, started] = /^(\S+)\s+(.+?)\s*$/.exec(stdout ?? "") ?? [];
  return status === 0 && state && !state.startsWith("Z") ? started : undefined;
}
