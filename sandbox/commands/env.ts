import { existsSync } from "node:fs";
import * as path from "node:path";
import { engineEnvironment } from "../engine/environment";
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
  const pulumi = tools.file("pulumi");
  const { variables } = engineEnvironment(paths, pulumi);
  const { PATH = "", ...others } = variables;
  const inherited = process.env["PATH"] ?? "";
  const plugins = PATH.slice(0, PATH.length - inherited.length).split(path.delimiter);
  const folders = [path.dirname(pulumi), ...plugins].filter(Boolean).join(path.delimiter);
  report.line(`export PATH=${quoted(folders)}${path.delimiter}"$PATH"`);
  const own = { ...others, KUBECONFIG: paths.kubeconfig };
  for (const [name, value = ""] of Object.entries(own).filter(([name, value]) => value !== process.env[name])) {
    report.line(`export ${name}=${quoted(value)}`);
  }
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
