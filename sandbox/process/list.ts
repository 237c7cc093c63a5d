import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ListedProcess {
  readonly pid: number;
  readonly parent: number;
  /** The command line: arguments joined by single spaces. */
  readonly command: string;
}

/** Processes of this machine that we may see, other than this one. */
export function listProcesses(): ListedProcess[] {
  const all = process.platform === "linux" ? listFromProc() : listFromPs();
  return all.filter(({ pid }) => pid !== process.pid);
}

/** Children of a process, their children and so on; without the process itself. */
export function descendants(of: number, processes: readonly ListedProcess[]): ListedProcess[] {
  const children = processes.filter(({ parent }) => parent === of);
  return children.flatMap((child) => [child, ...descendants(child.pid, processes)]);
}

export function listFromProc(): ListedProcess[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0").join(" ").trim();
        const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
        const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return command === "" ? [] : [{ pid: Number(entry), parent: Number(parent), command }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

export function listFromPs(): ListedProcess[] {
  const { stdout } = spawnSync("ps", ["-axww", "-o", "pid=,ppid=,command="], { encoding: "utf8", maxBuffer: 64 << 20 });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && command ? [{ pid: Number(pid), parent: Number(parent), command: command.trim() }] : [];
  });
}
