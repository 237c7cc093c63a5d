import { resolve } from "node:path";
import { z } from "zod";

import { type RawConfig } from "../fleet/config/config";
import { ownKey, rawConfig } from "../fleet/config/raw";
import { managementOutput } from "../fleet/management/output";
import { type KubeconfigSource } from "../live/management-client";
import { CliError } from "./errors";
import { once } from "./once";
import { PROJECT_FOLDER, runPulumi } from "./pulumi";

/** A stack as the commands see it. Everything is asked of the engine, once, when it is first needed. */
export interface StackContext {
  /** As the user wrote it; `organization/project/stack` where the backend knows those. */
  readonly name: string;
  /** It is one of the sandbox's, used with the sandbox's engine and backend instead of the user's. */
  readonly ofSandbox: boolean;
  /** Absolute. The stack's own need not exist. */
  readonly files: { readonly project: string; readonly stack: string };
  /** The environment that Pulumi runs in for this stack. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Runs Pulumi as it is; add {@link stackArguments} where the command is about the stack.
   * @returns Its standard output. @throws PulumiMissing, PulumiError
   */
  pulumi(args: readonly string[]): Promise<string>;
  /** `--stack`, and `--config-file` where one is in use; for commands that take the latter. */
  readonly stackArguments: readonly string[];
  /** The values of `cluster-fleet:` as the program gets them, not yet checked. */
  config(): Promise<StackConfig>;
  /** What the last `pulumi up` declared. @throws CliError where the stack was never brought up. */
  outputs(): Promise<StackOutputs>;
  /** The same stack, asked anew: its configuration may have changed meanwhile. */
  again(): StackContext;
}

export interface StackConfig {
  /** As `parseConfig` takes it. */
  readonly raw: RawConfig;
  /** Keys, without their namespace, whose values are secret; they are not in `raw`. */
  readonly secretKeys: readonly string[];
}

const outputs = z.object({
  environment: z.string(),
  namespace: z.string(),
  management: managementOutput,
  clusters: z.array(z.string()).default([]),
  classes: z.array(z.string()),
  versions: z.record(z.string(), z.string()).default({}),
});

/** `management` is how to look at the management cluster; its path is absolute. */
export type StackOutputs = Omit<z.output<typeof outputs>, "management"> & {
  readonly management: KubeconfigSource & { readonly name: string };
};

/** There is nothing yet that could be looked at. */
export class NeverUp extends CliError {
  constructor(stack: string) {
    super(`Stack ${stack} has no outputs of cluster-fleet. Run pulumi up --stack ${stack} first.`);
  }
}

const configuration = z.record(
  z.string(),
  z.object({ value: z.string().optional(), secret: z.boolean().default(false) }),
);

export interface StackSource {
  readonly name: string;
  /** Path of the stack's configuration; default: `Pulumi.<stack>.yaml` in the clone. */
  readonly configFile?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly ofSandbox?: boolean;
  /** Runs Pulumi. Default: the one on the PATH of `env`. */
  readonly run?: typeof runPulumi;
}

export function stackContext(source: StackSource): StackContext {
  const { name, configFile, env, ofSandbox = false, run = runPulumi } = source;
  const stackArguments = ["--stack", name, ...(configFile === undefined ? [] : ["--config-file", configFile])];
  const pulumi = (args: readonly string[]) => run(args, env);
  return {
    name,
    ofSandbox,
    env,
    files: {
      project: resolve(PROJECT_FOLDER, "Pulumi.yaml"),
      stack: resolve(PROJECT_FOLDER, configFile ?? `Pulumi.${name.split("/").at(-1)}.yaml`),
    },
    pulumi,
    stackArguments,
    config: once(async () => stackConfig(await pulumi(["config", "--json", ...stackArguments]))),
    outputs: once(async () => stackOutputs(name, await pulumi(["stack", "output", "--json", "--stack", name]))),
    again: () => stackContext(source),
  };
}

/** @param json What `pulumi config --json` prints. It holds the values of Pulumi.yaml too, and needs no passphrase. */
function stackConfig(json: string): StackConfig {
  const entries = Object.entries(configuration.parse(JSON.parse(json)));
  const open = entries.flatMap(([key, { value, secret }]) => (secret || value === undefined ? [] : [[key, value]]));
  return {
    raw: rawConfig(Object.fromEntries(open) as Record<string, string>),
    secretKeys: entries.flatMap(([key, { secret }]) => (secret ? [ownKey(key) ?? []].flat() : [])),
  };
}

function stackOutputs(stack: string, json: string): StackOutputs {
  const parsed = outputs.safeParse(JSON.parse(json));
  if (!parsed.success) {
    throw new NeverUp(stack);
  }
  const { management } = parsed.data;
  // The kubeconfig of an EKS cluster is the source itself, whatever else stands there.
  const { kubeconfig, ...others } = management;
  const contents = kubeconfig === undefined ? {} : { contents: kubeconfig };
  return { ...parsed.data, management: { ...others, ...absolute(management.path), ...contents } };
}

/** A path in a stack file is relative to the project, wherever the command was started. */
export function absolute(path: string | undefined): { path?: string } {
  return path === undefined ? {} : { path: resolve(PROJECT_FOLDER, path) };
}
