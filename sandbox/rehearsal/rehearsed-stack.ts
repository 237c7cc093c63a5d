import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";

import { type Engine, type RunOptions } from "../engine/engine";
import { type OwnStack, writeOwnStack } from "../engine/own-stack";
import { type EngineRun } from "../engine/run";
import { SALT } from "../engine/salt";
import { REPOSITORY, type SandboxPaths } from "../layout";
import { rehearsalVariables } from "./environment";

/** `config:` of a stack file. */
export type StackConfig = Record<string, unknown>;

const POLICY_PACK = `--policy-pack=${path.join(REPOSITORY, "policy")}`;

export interface PlannedStep {
  /** `create`, `update`, `replace`, `delete`… */
  readonly op: string;
  readonly urn: string;
}

/** What `pulumi preview --json` prints. */
interface PreviewJson {
  readonly steps?: readonly (PlannedStep & { readonly newState?: { readonly custom: boolean } })[];
  readonly diagnostics?: readonly { readonly severity: string; readonly message: string }[];
}

/** A stack of this repository, run against a simulated AWS account and a real API server. */
export class RehearsedStack {
  private config: StackConfig;
  private policies = [POLICY_PACK];
  private readonly own: OwnStack;

  /**
   * @param profile The environment whose rights are used on the API server; default: an administrator's.
   * @param config Default: that of the committed stack file.
   */
  constructor(
    private readonly engine: Engine,
    private readonly paths: SandboxPaths,
    readonly name: string,
    private readonly profile?: string,
    config?: StackConfig,
  ) {
    this.config = config ?? committedConfig(name);
    this.own = this.write();
  }

  /** Changes the configuration as a person would in the stack file. */
  edit(change: (config: StackConfig) => void): void {
    this.config = structuredClone(this.config);
    change(this.config);
    this.write();
  }

  /** The policies' own configuration, as `--policy-pack-config` takes it. */
  configurePolicies(config: Record<string, unknown>): void {
    const file = path.join(this.own.folder, "policies.json");
    writeFileSync(file, JSON.stringify(config));
    this.policies = [POLICY_PACK, `--policy-pack-config=${file}`];
  }

  up(options: RunOptions = {}): Promise<EngineRun> {
    return this.run(["up", "--yes", "--skip-preview", ...this.policies], options);
  }

  preview(...args: string[]): Promise<EngineRun> {
    return this.run(["preview", ...this.policies, ...args]);
  }

  destroy(): Promise<EngineRun> {
    return this.run(["destroy", "--yes", "--skip-preview"]);
  }

  /** What a preview would change of single resources, in order. @throws Error with the engine's words if it fails. */
  async plannedSteps(): Promise<PlannedStep[]> {
    const run = await this.preview("--json");
    const { steps = [], diagnostics = [] } = JSON.parse(run.stdout || "{}") as PreviewJson;
    if (run.code !== 0) {
      const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
      throw new Error(`A preview of ${this.name} failed (exit code ${run.code}):\n${errors.join("\n")}${run.stderr}`);
    }
    return steps
      .filter(({ op, newState }) => !["same", "read", "refresh"].includes(op) && newState?.custom !== false)
      .map(({ op, urn }) => ({ op, urn }));
  }

  async exported(): Promise<string> {
    return (await this.engine.run(["stack", "export", "--stack", this.name])).stdout;
  }

  async outputs(): Promise<Record<string, unknown>> {
    const run = await this.engine.run(["stack", "output", "--json", "--stack", this.name]);
    return JSON.parse(run.stdout) as Record<string, unknown>;
  }

  /** Hands a resource and all below it over to another stack's state. */
  async move(urn: string, to: RehearsedStack): Promise<EngineRun> {
    await to.prepare();
    return this.engine.run(
      ["state", "move", "--yes", "--source", this.name, "--dest", to.name, urn],
      this.surroundings(),
    );
  }

  private async run(args: readonly string[], options: RunOptions = {}): Promise<EngineRun> {
    await this.prepare();
    const stack = ["--stack", this.name, "--config-file", this.own.configFile, "--non-interactive"];
    return this.engine.run([...args, ...stack], { ...options, ...this.surroundings() });
  }

  /** Creates the stack, or clears what an engine that was stopped left. */
  private async prepare(): Promise<void> {
    await this.engine.prepareStack(this.name, () => undefined);
  }

  private surroundings(): RunOptions {
    return { env: rehearsalVariables(this.paths, this.profile) };
  }

  private write(): OwnStack {
    return writeOwnStack(this.paths, this.name, stringify({ encryptionsalt: SALT, config: this.config }));
  }
}

export function committedConfig(stack: string): StackConfig {
  const text = readFileSync(path.join(REPOSITORY, `Pulumi.${stack}.yaml`), "utf8");
  return (parse(text) as { config: StackConfig }).config;
}
