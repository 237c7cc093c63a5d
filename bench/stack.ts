import * as path from "node:path";
import { stringify } from "yaml";

import { type Engine } from "../sandbox/engine/engine";
import { type OwnStack, writeOwnStack } from "../sandbox/engine/own-stack";
import { type EngineRun } from "../sandbox/engine/run";
import { SALT } from "../sandbox/engine/salt";
import { REPOSITORY, type SandboxPaths } from "../sandbox/layout";
import { SandboxProblem } from "../sandbox/problem";

export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

export interface StackState {
  readonly deployment: { readonly resources?: readonly StackResource[] };
}

/** A temporary stack of one of the two programs. Every method throws SandboxProblem when the engine fails. */
export class BenchStack {
  private constructor(
    private readonly engine: Engine,
    private readonly own: OwnStack,
    readonly name: string,
    private readonly program: string,
  ) {}

  /**
   * @param program Folder of the program, of a project that is called `cluster-fleet`.
   * @param config As in the `config:` of a stack file.
   */
  static async create(
    engine: Engine,
    paths: SandboxPaths,
    name: string,
    program: string,
    config: Readonly<Record<string, unknown>>,
  ): Promise<BenchStack> {
    const own = writeOwnStack(paths, name, stringify({ encryptionsalt: SALT, config }));
    const stack = new BenchStack(engine, own, name, program);
    await stack.must(["stack", "init", name, "--no-select", "--non-interactive"], own.folder);
    return stack;
  }

  preview({ pack = false, unchanged = false } = {}): Promise<EngineRun> {
    const policyPack = pack ? [`--policy-pack=${path.join(REPOSITORY, "policy")}`] : [];
    return this.run("preview", [...policyPack, ...(unchanged ? ["--expect-no-changes"] : [])]);
  }

  /** @param checkpoints Whether the engine saves the state at each step, as it does by default, or once at the end. */
  up({ checkpoints = true } = {}): Promise<EngineRun> {
    const env: NodeJS.ProcessEnv = checkpoints ? {} : { PULUMI_SKIP_CHECKPOINTS: "true" };
    return this.run("up", ["--yes", "--skip-preview"], env);
  }

  refresh(): Promise<EngineRun> {
    return this.run("refresh", ["--yes", "--skip-preview"]);
  }

  /** The state, as `pulumi stack export` writes it. */
  async export(): Promise<string> {
    return (await this.must(["stack", "export", "--stack", this.name], this.program)).stdout;
  }

  private run(verb: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<EngineRun> {
    const stack = ["--stack", this.name, "--config-file", this.own.configFile, "--non-interactive"];
    return this.must([verb, ...stack, ...args], this.program, env);
  }

  private async must(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<EngineRun> {
    const run = await this.engine.run(args, { cwd, env });
    if (run.interrupted) throw new SandboxProblem("Interrupted.", 130);
    if (run.code !== 0) {
      throw new SandboxProblem(
        `\`pulumi ${args.join(" ")}\` failed (exit code ${run.code}):\n${run.stdout}${run.stderr}`,
      );
    }
    return run;
  }
}
