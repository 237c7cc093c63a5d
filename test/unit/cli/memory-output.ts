import { createOutput, type Output } from "../../../cli/output";

export interface MemoryOutput {
  readonly out: Output;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** An output that keeps what is written; off a terminal unless told otherwise. */
export function memoryOutput({
  json = false,
  terminal = false,
  columns = 100,
  rows = 30,
  env = {},
}: {
  json?: boolean;
  terminal?: boolean;
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
} = {}): MemoryOutput {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({ write: (text: string) => void (written[name] += text) });
  const stdout = { ...stream("stdout"), isTTY: terminal, columns, rows };
  return {
    out: createOutput({ stdout, stderr: stream("stderr"), env }, { json }),
    stdout: () => written.stdout,
    stderr: () => written.stderr,
  };
}
