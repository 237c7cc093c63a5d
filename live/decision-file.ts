import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { parseShown, type ShownSteps } from "../fleet/rollout/shown";
import { engineCommand } from "./engine-process";

/** Names the file itself: a preview writes it, an update takes no step that it does not list. */
export const DECISIONS_FILE = "CLUSTER_FLEET_DECISIONS";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Where the preview of this command leaves what it decided for the update of the same command.
 * @param stack `organization/project/stack`
 * @returns Undefined where preview and update cannot be told to belong together.
 */
export function decisionFile(stack: string, env: NodeJS.ProcessEnv): string | undefined {
  const named = env[DECISIONS_FILE];
  if (named) return named;
  const command = engineCommand();
  const ofStack = createHash("sha256").update(stack).digest("hex").slice(0, 16);
  return (
    command && join(env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "cluster-fleet", `${ofStack}-${command}.json`)
  );
}

/** Leaves what a preview decided, readable for its user alone. What older previews left is removed. */
export function writeDecisions(file: string, text: string, env: NodeJS.ProcessEnv): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode: 0o600 });
  if (!env[DECISIONS_FILE]) removeOld(dirname(file));
}

/**
 * What the preview of this command decided.
 * @returns Undefined where there was none. @throws Error where a file was named and cannot be read.
 */
export function readDecisions(file: string, env: NodeJS.ProcessEnv): ShownSteps | undefined {
  try {
    return parseShown(readFileSync(file, "utf8"));
  } catch (error) {
    if (!env[DECISIONS_FILE]) return undefined;
    throw new Error(
      `${DECISIONS_FILE}=${file} cannot be read (${(error as Error).message}). ` +
        "Run pulumi preview with the same variable first, or unset it.",
      { cause: error },
    );
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    // Another run may remove it meanwhile.
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changed > DAY_MS) rmSync(path, { force: true });
  }
}
