import { UsageError } from "./errors";
import { runPulumi } from "./pulumi";
import { type SandboxEnvironment, sandboxEnvironment } from "./sandbox-environment";
import { type StackContext, stackContext } from "./stack-context";
import { userPath } from "./user-path";

export interface Wish {
  /** `--stack` */
  readonly stack?: string | undefined;
  /** `--config-file` */
  readonly configFile?: string | undefined;
}

export interface Surroundings {
  /** The user's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** The sandbox that runs in this clone. */
  readonly sandbox: SandboxEnvironment | undefined;
  /** The stack that `pulumi stack select` chose in an environment; undefined where there is none, or no Pulumi. */
  selected(env: NodeJS.ProcessEnv): Promise<string | undefined>;
}

/**
 * The stacks that a command is about: the one named by `--stack`, by $PULUMI_STACK or by `pulumi stack select`, in this
 * order; else all of the sandbox's. The sandbox's stacks are used with the sandbox's own engine and backend, unless the
 * user's environment says where the backend is.
 * @throws UsageError if there is none.
 */
export async function chooseStacks(wish: Wish, surroundings: Surroundings = ofThisProcess()): Promise<StackContext[]> {
  const { env, sandbox } = surroundings;
  const named = wish.stack ?? (env["PULUMI_STACK"] || undefined) ?? (await surroundings.selected(env));
  const ownBackend = env["PULUMI_BACKEND_URL"] || undefined;
  const usable = ownBackend === undefined || ownBackend === sandbox?.backend ? sandbox : undefined;
  if (named === undefined && usable === undefined) {
    throw new UsageError(
      "No stack was named. Add --stack STACK, set PULUMI_STACK, choose one with `pulumi stack select`, or start the " +
        "sandbox (npm run sandbox).",
    );
  }
  if (named === undefined && wish.configFile !== undefined) {
    throw new UsageError("--config-file is one stack's. Add --stack STACK.");
  }
  const names = named === undefined ? (usable?.stacks.map(({ name }) => name) ?? []) : [named];
  return names.map((name) => {
    const own = usable?.stacks.find((stack) => stack.name === name);
    const configFile = wish.configFile === undefined ? own?.configFile : userPath(wish.configFile, env);
    return own === undefined || usable === undefined
      ? stackContext({ name, configFile, env })
      : stackContext({ name, configFile, env: usable.env, ofSandbox: true });
  });
}

function ofThisProcess(): Surroundings {
  return { env: process.env, sandbox: sandboxEnvironment(), selected: selectedStack };
}

async function selectedStack(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    return (await runPulumi(["stack", "--show-name"], env)).trim() || undefined;
  } catch {
    // No stack is selected, nobody is logged in, or there is no Pulumi: all the same to the question.
    return undefined;
  }
}
