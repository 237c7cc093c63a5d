import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";

import { type Engine } from "../engine/engine";
import { type EngineRun } from "../engine/run";
import { REPOSITORY, type SandboxPaths } from "../layout";
import { rehearsalVariables } from "./environment";

/** `config:` of a stack file. */
export type StackConfig = Record<string, unknown>;

export interface PreviewStep {
  /** `create`, `update`, `same`, `replace`, `delete`… */
  readonly op: string;
  readonly urn: string;
}

/** A stack of this repository, run against a simulated AWS account and a real API server. */
export class RehearsedStack {
  private config: StackConfig;

  /**
   * @param profile Whose rights are used on the API server; default: an administrator's.
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
    mkdirSync(paths.config, { recursive: true });
    this.write();
  }

  /** Changes the configuration as a person would in the stack file. */
  edit(change: (config: StackConfig) => void): void {
    this.config = structuredClone(this.config);
    change(this.config);
    this.write();
  }

  up(...args: string[]): Promise<EngineRun> {
    return this.run("up", "--yes", "--skip-preview", ...this.policies(), ...args);
  }

  preview(...args: string[]): Promise<EngineRun> {
    return this.run("preview", ...this.policies(), ...args);
  }

  destroy(...args: string[]): Promise<EngineRun> {
    return this.run("destroy", "--yes", "--skip-preview", ...args);
  }

  /** What a preview would do other than leave alone. @throws Error with the engine's words if it fails. */
  async plannedSteps(): Promise<PreviewStep[]> {
    const run = await this.preview("--json");
    if (run.code !== 0) throw new Error(`pulumi preview failed (exit code ${run.code}):\n${run.stdout}${run.stderr}`);
    const { steps } = JSON.parse(run.stdout) as { steps: PreviewStep[] };
    return steps.filter(({ op }) => !["same", "read", "refresh"].includes(op));
  }

  /** Clears what a killed engine left, as `npm run sandbox` does. */
  async recover(): Promise<void> {
    await this.engine.prepareStack(this.name, () => undefined);
  }

  async exported(): Promise<string> {
    return (await this.run("stack", "export")).stdout;
  }

  async outputs(): Promise<Record<string, unknown>> {
    const run = await this.run("stack", "output", "--json");
    return JSON.parse(run.stdout) as Record<string, unknown>;
  }

  /** Any other command of the engine about this stack. */
  async run(verb: string, ...args: string[]): Promise<EngineRun> {
    await this.engine.prepareStack(this.name, () => undefined);
    const [first, configured] =
      verb === "stack" ? [[verb, ...args.splice(0, 1)], []] : [[verb], this.configArguments()];
    return this.engine.run([...first, "--stack", this.name, ...configured, ...args], {
      env: rehearsalVariables(this.paths, this.profile),
    });
  }

  private configArguments(): string[] {
    return ["--config-file", this.file(), "--non-interactive"];
  }

  private policies(): string[] {
    return [`--policy-pack=${path.join(REPOSITORY, "policy")}`];
  }

  private file(): string {
    return path.join(this.paths.config, `Pulumi.${this.name}.yaml`);
  }

  private write(): void {
    writeFileSync(this.file(), stringify({ encryptionsalt: SALT, config: this.config }));
  }
}

/** The salt of the empty passphrase: with it in the file, the engine has no reason to write one. */
const SALT = "v1:/7wsRTQu90I=:v1:wKDDTerOv45yd4v9:9xrYBLAIxurIC6h9wChzBip/5dp/GQ==";

export function committedConfig(stack: string): StackConfig {
  const text = readFileSync(path.join(REPOSITORY, `Pulumi.${stack}.yaml`), "utf8");
  return (parse(text) as { config: StackConfig }).config;
}
