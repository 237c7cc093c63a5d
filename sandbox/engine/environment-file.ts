import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type SandboxPaths } from "../layout";
import { shellEnvironment } from "./environment";

export interface SandboxStack {
  readonly name: string;
  /** Absent where the committed stack file serves. */
  readonly configFile?: string | undefined;
}

/**
 * Writes how `npm run fleet` reaches this sandbox from any shell: the same that `npm run sandbox env` prints, and the
 * stacks. Mode 0600; nothing secret is in it. Replaced whole, so that a reader never sees half of it.
 * @param pulumi The engine's executable.
 */
export function writeEnvironmentFile(paths: SandboxPaths, pulumi: string, stacks: readonly SandboxStack[]): void {
  const draft = `${paths.environment}.new`;
  mkdirSync(paths.root, { recursive: true });
  rmSync(draft, { force: true });
  const content = { format: 1, ...shellEnvironment(paths, pulumi), stacks };
  writeFileSync(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, paths.environment);
}
