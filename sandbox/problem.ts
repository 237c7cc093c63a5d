/** A failure that its reader can act on: shown as its message alone, without a stack trace. */
export class SandboxProblem extends Error {
  /**
   * @param message What is wrong and what to do about it.
   * @param exitCode Exit code of the command. Default 1.
   * @param cause What went wrong underneath.
   */
  constructor(
    message: string,
    readonly exitCode = 1,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = "SandboxProblem";
  }
}
