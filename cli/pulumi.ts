import { execFile } from "node:child_process";
import * as path from "node:path";

import { CliError } from "./errors";

/** The folder of Pulumi.yaml: this clone. */
export const PROJECT_FOLDER = path.dirname(__dirname);

/** A state of 1,000 clusters is tens of megabytes. */
const MOST_OUTPUT = 1024 * 1024 * 1024;

/** Pulumi ended with an exit code other than 0. Its message is the engine's own words. */
export class PulumiError extends CliError {
  constructor(
    args: readonly string[],
    /** What Pulumi wrote to its standard error. */
    readonly said: string,
  ) {
    super(`\`pulumi ${args.join(" ")}\` failed:\n${said}`);
  }
}

/** There is no `pulumi` to run. */
export class PulumiMissing extends CliError {
  constructor() {
    super(
      "pulumi is not on PATH. Install it (https://www.pulumi.com/docs/install), or use the sandbox's: " +
        'eval "$(npm run --silent sandbox env)".',
    );
  }
}

/**
 * Runs the engine, so that backend, credentials and secrets are the user's own. It never asks anything.
 * @returns Its standard output.
 * @throws PulumiMissing, PulumiError
 */
export function runPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const whole = [...args, "--non-interactive", "--color=never"];
  const options = { cwd: PROJECT_FOLDER, maxBuffer: MOST_OUTPUT, env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" } };
  return new Promise((resolve, reject) => {
    execFile("pulumi", whole, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (error.code === "ENOENT") return reject(new PulumiMissing());
      reject(new PulumiError(args, stderr.trim().replace(/^error: /, "") || error.message));
    });
  });
}
