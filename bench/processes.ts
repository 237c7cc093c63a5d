import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { descendants, type ListedProcess, listProcesses } from "../sandbox/process/list";

/** What a process of an engine run does. */
export const ROLES = ["engine", "language host", "program", "provider", "policy pack"] as const;
export type Role = (typeof ROLES)[number];

export interface Usage {
  /** Peak of the resident memory, bytes; shared pages count in every process that maps them. */
  readonly peakBytes: number;
  /** Processor time used, seconds; 0 where the system does not tell it for single processes. */
  readonly cpuSeconds: number;
}

export interface RunUsage {
  /** Peak of the sum over all processes at one moment, bytes. */
  readonly peakBytes: number;
  readonly roles: Readonly<Partial<Record<Role, Usage>>>;
}

const SAMPLE_MS = 100;
/** Looking for new processes reads every process of the machine. */
const SEARCH_MS = 500;

/** Watches an engine and all that it starts, from outside, ten times a second. */
export class ProcessWatch {
  private readonly known = new Map<number, { role: Role; usage: Usage }>();
  private readonly timers: NodeJS.Timeout[];
  private peakBytes = 0;

  /** @param pulumi The engine's executable: the child of this process that runs it is watched. */
  constructor(private readonly pulumi: string) {
    this.timers = [setInterval(() => this.search(), SEARCH_MS), setInterval(() => this.sample(), SAMPLE_MS)];
    setTimeout(() => this.search(), SAMPLE_MS / 2);
  }

  stop(): void {
    this.timers.forEach((timer) => clearInterval(timer));
  }

  /** What was seen so far. */
  usage(): RunUsage {
    const roles: Partial<Record<Role, Usage>> = {};
    for (const { role, usage } of this.known.values()) roles[role] = added(roles[role], usage);
    return { peakBytes: this.peakBytes, roles };
  }

  private search(): void {
    for (const { pid, command } of engineProcesses(listProcesses(), process.pid, this.pulumi)) {
      if (!this.known.has(pid)) {
        this.known.set(pid, { role: roleOf(command), usage: { peakBytes: 0, cpuSeconds: 0 } });
      }
    }
  }

  private sample(): void {
    let sum = 0;
    for (const [pid, now] of readUsages([...this.known.keys()])) {
      const process = this.known.get(pid);
      if (process === undefined) continue;
      sum += now.residentBytes;
      const peakBytes = Math.max(process.usage.peakBytes, now.peakBytes);
      process.usage = { peakBytes, cpuSeconds: now.cpuSeconds };
    }
    this.peakBytes = Math.max(this.peakBytes, sum);
  }
}

/** The engine that `parent` started, and everything below it. */
export function engineProcesses(all: readonly ListedProcess[], parent: number, pulumi: string): ListedProcess[] {
  const engine = all.find((process) => process.parent === parent && process.command.startsWith(`${pulumi} `));
  return engine === undefined ? [] : [engine, ...descendants(engine.pid, all)];
}

/** @param command Command line of a process below an engine, or of the engine. */
export function roleOf(command: string): Role {
  if (/\/cmd\/run-policy-pack\b/.test(command)) return "policy pack";
  if (/\/cmd\/run\b/.test(command)) return "program";
  if (/pulumi-language-/.test(command)) return "language host";
  if (/pulumi-resource-/.test(command)) return "provider";
  return "engine";
}

function added(a: Usage | undefined, b: Usage): Usage {
  return { peakBytes: (a?.peakBytes ?? 0) + b.peakBytes, cpuSeconds: (a?.cpuSeconds ?? 0) + b.cpuSeconds };
}

interface Reading extends Usage {
  readonly residentBytes: number;
}

function readUsages(pids: readonly number[]): Map<number, Reading> {
  return process.platform === "linux" ? readFromProc(pids) : readFromPs(pids);
}

export function readFromProc(pids: readonly number[]): Map<number, Reading> {
  const readings = new Map<number, Reading>();
  for (const pid of pids) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const kibibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      readings.set(pid, {
        residentBytes: kibibytes("VmRSS") * 1024,
        peakBytes: kibibytes("VmHWM") * 1024,
        // User and system time are the 14th and 15th field, in hundredths of a second.
        cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
      });
    } catch {
      // it ended meanwhile
    }
  }
  return readings;
}

export function readFromPs(pids: readonly number[]): Map<number, Reading> {
  const { stdout } = spawnSync("ps", ["-o", "pid=,rss=", "-p", pids.join(",")], { encoding: "utf8" });
  const lines = [...(stdout ?? "").matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)];
  return new Map(
    lines.map(([, pid, kibibytes]) => {
      const residentBytes = Number(kibibytes) * 1024;
      return [Number(pid), { residentBytes, peakBytes: residentBytes, cpuSeconds: 0 }];
    }),
  );
}
