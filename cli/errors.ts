/** What the exit codes of `npm run fleet` mean; some are of one command alone. They are public: scripts and CI rely on them. */
export const EXIT = {
  done: 0,
  /** It could not be done, or what was looked at is broken. The message says what and what to do. */
  failed: 1,
  /** The command line is wrong; nothing was looked at. */
  usage: 2,
  /** It was done, and the answer is not what the command line asked to be true (`--expect-ready`). */
  no: 3,
  /** `rollout`: more clusters of a stage have failed than may. */
  halted: 4,
  /** `rollout`: something else would change than the steps of the rollout, or the preview gate refuses the run. */
  otherChanges: 5,
  /** `rollout`: another run holds the stack's lock. */
  locked: 6,
  /** `rollout`: the management cluster cannot be looked at. */
  unreachable: 7,
} as const;

/** A failure that its reader can act on: shown as its message alone, without a stack trace, with exit code 1. */
export class CliError extends Error {
  /** @param message What is wrong and what to do about it. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CliError";
  }
}

/** The command line is wrong: shown with a pointer to the help, with exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** By name: to compare classes would mean to load the Kubernetes client for each command, a second. */
const EXPLAINED = new Set(["CliError", "FleetConfigError", "ManagementClusterError"]);

/** Whether an error is the user's to act on; anything else is a bug and keeps its stack trace. */
export function isExplained(error: unknown): error is Error {
  return error instanceof Error && EXPLAINED.has(error.name);
}
