import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { logFile } from "../management/processes";
import { lastLines } from "../management/strays";
import { SandboxProblem } from "../problem";
import { type Context } from "./context";

const LINES = 50;

/** Lists the log files, or prints the end of one. */
export function logs({ paths, report }: Context, name: string | undefined): void {
  if (name === undefined) {
    const files = existsSync(paths.logs) ? readdirSync(paths.logs).sort() : [];
    if (files.length === 0) throw new SandboxProblem(`There are no logs in ${paths.logs}.`);
    for (const file of files) report.line(path.join(paths.logs, file));
    return;
  }
  const file = logFile(paths, name);
  if (!existsSync(file)) throw new SandboxProblem(`There is no ${file}: ${name} has not run in this sandbox.`);
  report.line(lastLines(file, LINES));
  report.line(`(the last ${LINES} lines of ${file})`);
}
