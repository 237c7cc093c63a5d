import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { type Observed } from "../../fleet/observed";
import { observe } from "../../live/observe";
import { Engine } from "../../sandbox/engine/engine";
import { engineEnvironment } from "../../sandbox/engine/environment";
import { killEngines } from "../../sandbox/engine/run";
import { REPOSITORY, sandboxPaths, toolsFolder } from "../../sandbox/layout";
import { type ManagementProcesses } from "../../sandbox/management/cluster";
import { removeLeftovers } from "../../sandbox/management/leftovers";
import { removeSandbox } from "../../sandbox/management/remove";
import { startManagement } from "../../sandbox/management/start";
import { readRecord } from "../../sandbox/management/record";
import { signalGroup } from "../../sandbox/process/detached";
import { takeLock } from "../../sandbox/process/lock";
import { createReport } from "../../sandbox/report";
import { findOrBuildTools } from "../../sandbox/tools/build";
import { TestStack } from "./test-stack";

/** A management cluster and an engine of their own for one test run, on an address of their own. */
export interface TestSandbox {
  /** Administrator access to the management API server. */
  readonly kubeconfig: string;
  /** Stops, starts and restarts single processes; `start` and `restart` return when the process is ready. */
  readonly processes: ControlledProcesses;
  /** Runs the engine in the repository, or in `cwd`. Its output is never coloured. */
  pulumi: Engine["run"];
  /**
   * A stack of its own with the repository's program. It is made by its first `up` or `preview`.
   * @param name Unique in the run; starts with a letter.
   * @param config As in the `config:` of a stack file; where `cluster-fleet:management` is absent it is this sandbox.
   * @param program Folder of another program, of a project that is called `cluster-fleet` too. Default: the repository.
   */
  stack(name: string, config: Readonly<Record<string, unknown>>, program?: string): TestStack;
  /** `npm run fleet -- ...`, with this sandbox's engine and backend. */
  fleet(...args: string[]): Promise<CommandResult>;
  /** What lives on the management cluster. @param namespace Default: all. */
  observe(namespace?: string): Promise<Observed>;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type ControlledProcesses = Pick<ManagementProcesses, "start" | "stop" | "restart">;

const PREFIX = "cf-test-";
const PATIENCE_MS = 45 * 60_000;

let shared: Promise<TestSandbox> | undefined;
let root: string | undefined;

/**
 * The sandbox that all engine tests of a mocha run share; the first caller starts it. Call it in a `before` hook:
 * tools may have to be built first, so the hook's time limit is lifted by {@link withSandbox}.
 */
export function sandboxForTests(): Promise<TestSandbox> {
  return (shared ??= start());
}

/** In a `describe`: starts the shared sandbox before its tests. @returns A function that gives it to the tests. */
export function withSandbox(): () => TestSandbox {
  let sandbox: TestSandbox | undefined;
  before("start the sandbox", async function () {
    this.timeout(PATIENCE_MS);
    sandbox = await sandboxForTests();
  });
  return () => {
    if (sandbox === undefined) throw new Error("the sandbox is there only inside tests and hooks");
    return sandbox;
  };
}

async function start(): Promise<TestSandbox> {
  await removeLeftovers(PREFIX);
  // A short path: the engine's and etcd's own folders are deep.
  root = mkdtempSync(path.join(os.tmpdir(), PREFIX));
  const paths = sandboxPaths(root);
  takeLock(paths.lock);
  const report = createReport(process.stderr);
  const tools = await findOrBuildTools(toolsFolder(), report);
  const engine = new Engine(paths, tools.file("pulumi"));
  for (const line of engine.lines) report.line(line);
  const processes = await startManagement(paths, tools, report);
  return {
    kubeconfig: paths.kubeconfig,
    processes,
    pulumi: (args, options) => engine.run(args, options),
    stack: (name, config, program) => new TestStack(engine, paths, name, config, program),
    fleet: (...args) => runFleet(args, engineEnvironment(paths, tools.file("pulumi")).variables, tools.file("pulumi")),
    observe: (namespace) => observe({ source: { path: paths.kubeconfig }, namespace }),
  };
}

function runFleet(args: readonly string[], environment: NodeJS.ProcessEnv, pulumi: string): Promise<CommandResult> {
  const env = { ...environment, PATH: [path.dirname(pulumi), environment["PATH"]].join(path.delimiter) };
  const command = [path.join("sandbox", "with-typescript.cjs"), path.join("cli", "main.ts"), ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: REPOSITORY, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
}

after("remove the sandbox", async function () {
  this.timeout(60_000);
  if (root !== undefined) await removeSandbox(sandboxPaths(root));
  root = undefined;
});

// For a run that ends without its hooks. One that is killed outright is cleaned up after by the next run.
process.once("exit", () => {
  killEngines();
  if (root === undefined) return;
  for (const leftOver of Object.values(readRecord(sandboxPaths(root))?.processes ?? {}))
    signalGroup(leftOver, "SIGKILL");
  rmSync(root, { recursive: true, force: true });
});
