import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Further up there is no language host, but the shell of whoever started the engine. */
const MOST_GENERATIONS = 6;

/**
 * The `pulumi` command that this process belongs to, the same for the preview and for the update of one `pulumi up`, as
 * its number and its start.
 * @returns Undefined where it cannot be told, as on Windows.
 */
export function engineCommand(): string | undefined {
  let pid = process.ppid;
  for (let generation = 0; generation < MOST_GENERATIONS && pid > 1; generation += 1) {
    const found = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
    if (found === undefined) return undefined;
    if (found.name === "pulumi") return `${pid}-${found.started}`;
    pid = found.parent;
  }
  return undefined;
}

interface Found {
  readonly name: string;
  readonly parent: number;
  readonly started: string;
}

/** Fields of proc(5): the name stands in brackets and may hold any character; 4 is the parent, 22 the start. */
function fromProc(pid: number): Found | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    const fields = stat.slice(end + 2).split(" ");
    return { name: stat.slice(stat.indexOf("(") + 1, end), parent: Number(fields[1]), started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): Found | undefined {
  try {
    const line = execFileSync("ps", ["-o", "ppid=,lstart=,comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const [, parent = "", started = "", command = ""] =
      /^(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.+)$/.exec(line) ?? [];
    return { name: command.split("/").at(-1) ?? "", parent: Number(parent), started: started.replace(/\W+/g, "") };
  } catch {
    return undefined;
  }
}
