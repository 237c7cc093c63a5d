import { Engine } from "../engine/engine";
import { writeEnvironmentFile } from "../engine/environment-file";
import { ownStacks } from "../engine/own-stack";
import { type SandboxPaths, toolsFolder } from "../layout";
import { type ManagementProcesses } from "../management/cluster";
import { type ComponentName } from "../management/names";
import { startManagement } from "../management/start";
import { SandboxProblem } from "../problem";
import { LockHeld, takeLock } from "../process/lock";
import { type Report } from "../report";
import { findOrBuildTools } from "../tools/build";
import { type Toolbox } from "../tools/toolbox";
import { STACKS } from "./arguments";

/** What every command is given. */
export interface Context {
  readonly paths: SandboxPaths;
  readonly report: Report;
}

export interface RunningSandbox {
  readonly tools: Toolbox;
  readonly management: ManagementProcesses;
  readonly engine: Engine;
}

/**
 * Brings tools, management cluster and engine to work, from whatever state they are in. The caller holds the lock.
 * @param later Components of Cluster API that are not started.
 */
export async function startSandbox(
  { paths, report }: Context,
  later: readonly ComponentName[] = [],
): Promise<RunningSandbox> {
  const tools = await findOrBuildTools(toolsFolder(), report);
  const engine = new Engine(paths, tools.file("pulumi"));
  introduce(tools, engine, report);
  const management = await startManagement(paths, tools, report, later);
  const sandbox = { tools, management, engine };
  announceStacks(paths, sandbox);
  return sandbox;
}

/** Tells `npm run fleet` which stacks there are. */
export function announceStacks(paths: SandboxPaths, { tools, engine }: Pick<RunningSandbox, "tools" | "engine">): void {
  const names = [...STACKS, ...ownStacks(paths)];
  const stacks = names.map((name) => ({ name, configFile: engine.configFile(name) }));
  writeEnvironmentFile(paths, tools.file("pulumi"), stacks);
}

function introduce(tools: Toolbox, engine: Engine, report: Report): void {
  const versions = (["pulumi", "kube-apiserver", "etcd"] as const).map((name) => `${name} ${tools.version(name)}`);
  report.line(
    `Real: ${versions.join(", ")}, Cluster API ${tools.version("capi-core")} with its controllers and webhooks, ` +
      `the webhooks of its AWS provider ${tools.version("capa")}.`,
  );
  report.line("In memory: the machines and Kubernetes APIs of the workload clusters (Cluster API's dev provider).");
  for (const line of engine.lines) report.line(line);
}

/**
 * Runs work that changes the sandbox, alone.
 * @throws SandboxProblem if another command is at it.
 */
export async function alone<T>(paths: SandboxPaths, work: () => Promise<T>): Promise<T> {
  const unlock = lock(paths);
  process.once("exit", unlock);
  try {
    return await work();
  } finally {
    process.off("exit", unlock);
    unlock();
  }
}

function lock(paths: SandboxPaths): () => void {
  try {
    return takeLock(paths.lock);
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    throw new SandboxProblem(
      `Another command (process ${error.pid} on ${error.host}) is at work in ${paths.root}. Wait until it ends, or ` +
        `stop it. If there is no such process, remove ${error.file}.`,
    );
  }
}
