import * as path from "node:path";
import { stringify } from "yaml";

import { type Engine } from "../../sandbox/engine/engine";
import { writeOwnStack } from "../../sandbox/engine/own-stack";
import { stackExists } from "../../sandbox/engine/recovery";
import { type EngineRun } from "../../sandbox/engine/run";
import { SALT } from "../../sandbox/engine/salt";
import { REPOSITORY, type SandboxPaths } from "../../sandbox/layout";

const POLICY_PACK = `--policy-pack=${path.join(REPOSITORY, "policy")}`;

export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
}

export interface StackState {
  readonly deployment: {
    readonly resources?: readonly StackResource[];
    readonly pending_operations?: readonly unknown[];
  };
}

export interface PreviewStep {
  /** `create`, `update`, `same`, `replace`, `delete`… */
  readonly op: string;
  readonly urn: string;
}

/**
 * A temporary stack of the repository's program, with a configuration of its own. Every method that runs the engine
 * returns its exit code and output and throws nothing on failure: the test says what it expects.
 */
export class TestStack {
  /** The stack file: rewritten by {@link configure}, never by the engine. */
  readonly configFile: string;
  /** Added to the environment of each later run. */
  variables: NodeJS.ProcessEnv = {};

  constructor(
    private readonly engine: Engine,
    private readonly paths: SandboxPaths,
    readonly name: string,
    config: Readonly<Record<string, unknown>>,
    /** Folder of the program. */
    private readonly program = REPOSITORY,
  ) {
    this.configFile = this.configure(config);
  }

  /** Exchanges the whole configuration. @returns The stack file. */
  configure(config: Readonly<Record<string, unknown>>): string {
    const management = { kind: "kubeconfig", name: "sandbox", path: this.paths.kubeconfig };
    const whole = { "cluster-fleet:management": management, ...config };
    return writeOwnStack(this.paths, this.name, stringify({ encryptionsalt: SALT, config: whole })).configFile;
  }

  /** `pulumi up` with the policy pack, without a preview of its own. @param args Passed on to pulumi. */
  async up(...args: string[]): Promise<EngineRun> {
    return this.run("up", "--yes", "--skip-preview", POLICY_PACK, ...args);
  }

  /** `pulumi preview` with the policy pack. */
  async preview(...args: string[]): Promise<EngineRun> {
    return this.run("preview", POLICY_PACK, ...args);
  }

  /** What a preview would do, step by step. @throws Error with the engine's words if it fails. */
  async plannedSteps(...args: string[]): Promise<readonly PreviewStep[]> {
    const run = await this.preview("--json", ...args);
    if (run.code !== 0) throw new Error(`pulumi preview failed (exit code ${run.code}):\n${run.stdout}${run.stderr}`);
    return (JSON.parse(run.stdout) as { steps: PreviewStep[] }).steps;
  }

  async refresh(...args: string[]): Promise<EngineRun> {
    return this.run("refresh", "--yes", "--skip-preview", ...args);
  }

  /** `pulumi refresh` that changes nothing, not even the state. */
  async drift(...args: string[]): Promise<EngineRun> {
    return this.run("refresh", "--preview-only", ...args);
  }

  async destroy(...args: string[]): Promise<EngineRun> {
    return this.run("destroy", "--yes", "--skip-preview", ...args);
  }

  /** Clears the lock of an engine that was killed. */
  async cancel(): Promise<EngineRun> {
    return this.engine.run(["cancel", "--yes", "--stack", this.name]);
  }

  /** Forgets the stack, with whatever it still holds. */
  async remove(): Promise<EngineRun> {
    return this.engine.run(["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", this.name]);
  }

  async exportState(): Promise<StackState> {
    const run = await this.engine.run(["stack", "export", "--stack", this.name]);
    if (run.code !== 0) throw new Error(`pulumi stack export failed:\n${run.stderr}`);
    return JSON.parse(run.stdout) as StackState;
  }

  /** Clears what a killed engine left, as `npm run sandbox` does. @returns What it said. */
  async recover(): Promise<string[]> {
    const said: string[] = [];
    await this.engine.prepareStack(this.name, (line) => said.push(line));
    return said;
  }

  private async run(verb: string, ...args: string[]): Promise<EngineRun> {
    if (!stackExists(this.paths, this.name)) await this.engine.prepareStack(this.name, () => undefined);
    const stack = ["--stack", this.name, "--config-file", this.configFile, "--non-interactive"];
    return this.engine.run([verb, ...stack, ...args], { cwd: this.program, env: this.variables });
  }
}
