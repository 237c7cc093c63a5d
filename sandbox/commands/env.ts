import { existsSync } from "node:fs";
import * as path from "node:path";
import { shellEnvironment } from "../engine/environment";
import { toolsFolder } from "../layout";
import { SandboxProblem } from "../problem";
import { createReport } from "../report";
import { findOrBuildTools } from "../tools/build";
import { type Context } from "./context";

/** Prints, as shell commands, what it takes to run pulumi, kubectl and `npm run fleet` against this sandbox. */
export async function env({ paths, report }: Context): Promise<void> {
  if (!existsSync(paths.kubeconfig)) {
    throw new SandboxProblem(`No sandbox runs in ${paths.root}. \`npm run sandbox\` starts one.`);
  }
  // What is said meanwhile must not get between the shell commands.
  const tools = await findOrBuildTools(toolsFolder(), createReport(process.stderr));
  const { path: folders, variables } = shellEnvironment(paths, tools.file("pulumi"));
  report.line(`export PATH=${quoted(folders.join(path.delimiter))}${path.delimiter}"$PATH"`);
  for (const [name, value] of Object.entries(variables)) report.line(`export ${name}=${quoted(value)}`);
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
