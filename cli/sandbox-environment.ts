import { readFileSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";

import { CliError } from "./errors";
import { PROJECT_FOLDER } from "./pulumi";

const environmentFile = z.object({
  format: z.literal(1),
  /** Folders to put before PATH. */
  path: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  stacks: z.array(z.object({ name: z.string(), configFile: z.string().optional() })),
});

/** How to use the sandbox that runs in this clone. */
export interface SandboxEnvironment {
  /** The file that says so. */
  readonly file: string;
  /** The user's own environment with the sandbox's engine, backend and kubeconfig in place of theirs. */
  readonly env: NodeJS.ProcessEnv;
  /** Its file backend. */
  readonly backend: string;
  readonly stacks: readonly SandboxStack[];
}

export interface SandboxStack {
  readonly name: string;
  /** Where the sandbox is not the one that the committed stack files name. */
  readonly configFile?: string | undefined;
}

/** What a running sandbox wrote for us; undefined where none runs in this clone. */
export function sandboxEnvironment(user: NodeJS.ProcessEnv = process.env): SandboxEnvironment | undefined {
  const root = path.resolve(PROJECT_FOLDER, user["CLUSTER_FLEET_SANDBOX_DIR"] || ".sandbox");
  const file = path.join(root, "environment.json");
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const parsed = environmentFile.safeParse(json(text));
  if (!parsed.success) {
    throw new CliError(
      `${file} cannot be read. Start the sandbox again (npm run sandbox), or remove it (npm run sandbox down).`,
    );
  }
  const { path: folders, variables, stacks } = parsed.data;
  const PATH = [...folders, user["PATH"]].filter(Boolean).join(path.delimiter);
  // Only what the sandbox says: a passphrase file or an access token of the user's would win over it.
  const kept = Object.entries(user).filter(([name]) => !name.startsWith("PULUMI_"));
  const env = { ...Object.fromEntries(kept), ...variables, PATH };
  return { file, env, backend: variables["PULUMI_BACKEND_URL"] ?? "", stacks };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
