import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { parseShown } from "../../fleet/rollout/shown";
import { type ShownStep } from "../../fleet/rollout/types";
import { DECISIONS_FILE } from "../../live/decision-file";
import { locksOf } from "../doctor/locks";
import { judgeLocks } from "../doctor/stack-checks";
import { planStack } from "../plan";
import { type StackContext } from "../stack-context";
import { runEngine } from "./engine-run";
import { type Interrupts } from "./interrupts";
import { type Look, lookOf } from "./look";
import { parsePreview, previewErrors, type PreviewStep } from "./previewed";

/** A stack whose rollout is supervised. */
export interface RolloutStack {
  readonly name: string;
  /** Its configuration and what lives, as they are now. @throws FleetConfigError, ManagementClusterError, CliError */
  look(): Promise<Look>;
  /** What the next {@link up} would do, and no other. @throws PulumiMissing */
  preview(): Promise<Preview>;
  /** Takes the steps that the preview before it decided. @throws PulumiMissing */
  up(): Promise<Update>;
  /** Who holds the stack's lock and what to do about it; undefined where it is free, or cannot be looked at. */
  lock(): Promise<string | undefined>;
  /** Forgets what previews decided. */
  close(): void;
}

export type Preview =
  | { readonly failed: string }
  | { readonly failed?: undefined; readonly steps: readonly PreviewStep[]; readonly decided: readonly ShownStep[] };

export interface Update {
  readonly code: number;
  /** Another run holds the stack's lock, in the engine's words: nothing was done. */
  readonly locked?: string;
}

export interface EngineSettings {
  readonly interrupts: Interrupts;
  /** Added to every run, such as policy packs. */
  readonly args: readonly string[];
  /** Receives what an update says as it comes. */
  readonly show: (text: string) => void;
  readonly colour: boolean;
}

/** Runs the user's own engine for it. Previews and updates are tied together by a file for this process alone. */
export function rolloutStack(stack: StackContext, { interrupts, args, show, colour }: EngineSettings): RolloutStack {
  const folder = mkdtempSync(path.join(tmpdir(), "cluster-fleet-rollout-"));
  const decisions = path.join(folder, "decisions.json");
  const common = { interrupts, env: { ...stack.env, [DECISIONS_FILE]: decisions } };
  const whole = [...stack.stackArguments, ...args];
  return {
    name: stack.name,
    look: async () => lookOf(await planStack(stack.again(), { now: new Date() })),
    async preview() {
      rmSync(decisions, { force: true });
      const run = await runEngine({ ...common, args: ["preview", "--json", "--color=never", ...whole] });
      const document = parsePreview(run.stdout);
      if (run.code !== 0 || document === undefined) {
        return { failed: (document && previewErrors(document)) || run.said.trim() || `exit code ${run.code}` };
      }
      return { steps: document.steps, decided: parseShown(readFileSync(decisions, "utf8")).steps };
    },
    async up() {
      const color = `--color=${colour ? "always" : "never"}`;
      const run = await runEngine({ ...common, show, args: ["up", "--yes", "--skip-preview", color, ...whole] });
      return { code: run.code, ...(run.code !== 0 && isLocked(run.said) ? { locked: lockWords(run.said) } : {}) };
    },
    async lock() {
      const { url = "" } = JSON.parse(await stack.pulumi(["whoami", "--json"])) as { url?: string };
      const locks = locksOf(url, stack.name);
      if (locks === undefined || locks.length === 0) return undefined;
      const { detail, remedy } = judgeLocks(stack.name, locks);
      return `Stack ${stack.name} is ${detail}. ${remedy}`;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of a file backend; of Pulumi Cloud. */
function isLocked(said: string): boolean {
  return /currently locked|another update is currently in progress/i.test(said);
}

/** The engine names who took the lock and when, and `pulumi cancel`. */
function lockWords(said: string): string {
  const lines = said.split("\n").map((line) => line.trim());
  return lines
    .slice(Math.max(0, lines.findIndex(isLocked)))
    .filter(Boolean)
    .join("\n")
    .replace(/^error: /, "");
}
