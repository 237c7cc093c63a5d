import * as path from "node:path";

const PRELOADED = path.join(__dirname, "offset-clock.cjs");

/**
 * Variables with which the program, the policies and the command line take another moment for now. The controllers and
 * the engine itself go on in their own time.
 * @param moment Later than now: what controllers write must not lie ahead of it.
 */
export function clockAt(moment: Date): NodeJS.ProcessEnv {
  const ahead = moment.getTime() - Date.now();
  if (ahead < 0) throw new Error(`${moment.toISOString()} is past.`);
  const others = process.env["NODE_OPTIONS"] ?? "";
  return {
    NODE_OPTIONS: `${others} --require ${JSON.stringify(PRELOADED)}`.trim(),
    CLUSTER_FLEET_TEST_AHEAD_MS: String(ahead),
  };
}
