import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { COMMITTED_ROOT, REPOSITORY, type SandboxPaths, sandboxPaths } from "../layout";
import { SandboxProblem } from "../problem";
import { listProcesses } from "../process/list";
import { engineEnvironment } from "./environment";
import { findOwnStack } from "./own-stack";
import { lockOwners, pendingOperations, stackExists } from "./recovery";
import { type EngineCommand, type EngineRun, runEngine } from "./run";

export interface RunOptions extends Pick<EngineCommand, "attached" | "onLine" | "interruptAt"> {
  /** The project folder. Default: the clone. */
  readonly cwd?: string;
  /** Added to the sandbox's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The Pulumi engine of one sandbox. */
export class Engine {
  /** Which plugins are in use, for the user. */
  readonly lines: readonly string[];
  private readonly environment: NodeJS.ProcessEnv;

  /** @param pulumi The executable. */
  constructor(
    private readonly paths: SandboxPaths,
    private readonly pulumi: string,
  ) {
    const { variables, lines } = engineEnvironment(paths, pulumi);
    this.environment = variables;
    this.lines = lines;
  }

  run(args: readonly string[], { cwd = REPOSITORY, env, ...how }: RunOptions = {}): Promise<EngineRun> {
    return runEngine({ ...how, pulumi: this.pulumi, args, cwd, env: { ...this.environment, ...env } });
  }

  /**
   * Makes a stack ready for use: creates it, and clears what an engine that was killed left on it.
   * @param say Receives a line for each thing that had to be cleared.
   * @throws SandboxProblem if another engine is at work on the stack.
   */
  async prepareStack(stack: string, say: (line: string) => void): Promise<void> {
    const cwd = findOwnStack(this.paths, stack)?.folder;
    if (!stackExists(this.paths, stack)) {
      await this.must(["stack", "init", stack, "--no-select", "--non-interactive"], cwd);
      return;
    }
    const { dead, alive } = lockOwners(this.paths, stack, listProcesses());
    if (alive[0] !== undefined) {
      throw new SandboxProblem(
        `Stack ${stack} is being changed by process ${alive[0].pid} on ${alive[0].hostname}. Wait until it ends; ` +
          `if it hangs, end it (kill -INT ${alive[0].pid}) and run this again.`,
      );
    }
    if (dead.length > 0) {
      say(`Stack ${stack} was left locked by process ${dead[0]?.pid}, which was killed: unlocking it.`);
      await this.must(["cancel", "--yes", "--stack", stack], cwd);
    }
    const pending = pendingOperations(this.paths, stack);
    if (pending.length > 0) {
      say(`Stack ${stack} was left in the middle of ${pending.length} operations: comparing it with what lives.`);
      const clear = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--non-interactive"];
      await this.must([...clear, "--stack", stack, ...this.configArguments(stack)], cwd);
    }
  }

  /** @returns Arguments for `pulumi up`, `preview` and the like. */
  configArguments(stack: string): string[] {
    const file = this.configFile(stack);
    return file === undefined ? [] : [`--config-file=${file}`];
  }

  /**
   * The file of a stack of the sandbox's own. The committed stack files name the kubeconfig of the default sandbox: for a
   * sandbox elsewhere a copy is written that names its own.
   * @returns Undefined where the committed file serves.
   */
  configFile(stack: string): string | undefined {
    const own = findOwnStack(this.paths, stack);
    if (own !== undefined) return own.configFile;
    if (this.paths.root === sandboxPaths(COMMITTED_ROOT).root) return undefined;
    const name = `Pulumi.${stack}.yaml`;
    const text = readFileSync(path.join(REPOSITORY, name), "utf8");
    const copy = path.join(this.paths.config, name);
    mkdirSync(this.paths.config, { recursive: true });
    writeFileSync(
      copy,
      text.replace(`${COMMITTED_ROOT}/kubeconfig`, () => JSON.stringify(this.paths.kubeconfig)),
    );
    return copy;
  }

  private async must(args: readonly string[], cwd?: string): Promise<void> {
    const run = await this.run(args, cwd === undefined ? {} : { cwd });
    if (run.interrupted) throw new SandboxProblem("Interrupted.", 130);
    if (run.code !== 0) throw new SandboxProblem(`\`pulumi ${args.join(" ")}\` failed:\n${run.stdout}${run.stderr}`);
  }
}
