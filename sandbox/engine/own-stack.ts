import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";

import { type SandboxPaths } from "../layout";
import { PROJECT } from "./recovery";

/** A stack of one sandbox alone: its file is not committed but lies in a project folder in the sandbox. */
export interface OwnStack {
  readonly folder: string;
  readonly configFile: string;
}

/** Whether or not it is there. */
export function placeOfOwnStack({ config }: SandboxPaths, name: string): OwnStack {
  const folder = path.join(config, name);
  return { folder, configFile: path.join(folder, `Pulumi.${name}.yaml`) };
}

/** @returns Undefined where the sandbox has no stack of its own by that name. */
export function findOwnStack(paths: SandboxPaths, name: string): OwnStack | undefined {
  const stack = placeOfOwnStack(paths, name);
  return existsSync(stack.configFile) ? stack : undefined;
}

/** Their names, sorted. */
export function ownStacks(paths: SandboxPaths): string[] {
  if (!existsSync(paths.config)) return [];
  return readdirSync(paths.config)
    .filter((name) => findOwnStack(paths, name) !== undefined)
    .sort();
}

/** Makes its folder, or exchanges its file. @param text Of the stack file, with the salt of the empty passphrase. */
export function writeOwnStack(paths: SandboxPaths, name: string, text: string): OwnStack {
  const stack = placeOfOwnStack(paths, name);
  mkdirSync(stack.folder, { recursive: true });
  // Only to make the stack: `pulumi stack init` reads and writes the stack file in its project's folder.
  writeFileSync(path.join(stack.folder, "Pulumi.yaml"), stringify({ name: PROJECT, runtime: "nodejs" }));
  writeFileSync(stack.configFile, text);
  return stack;
}

export function removeOwnStack(paths: SandboxPaths, name: string): void {
  rmSync(placeOfOwnStack(paths, name).folder, { recursive: true, force: true });
}
