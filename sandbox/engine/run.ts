import { type ChildProcess, spawn } from "node:child_process";
import { whileInterruptible } from "../interrupt";
import { identify } from "../process/identity";
import { descendants, listProcesses } from "../process/list";

export interface EngineCommand {
  readonly pulumi: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /**
   * Hand over the terminal: the engine asks, draws and takes Ctrl-C itself, and nothing is returned but the exit code.
   * Default: its output is collected.
   */
  readonly attached?: boolean;
  /** Receives each line as it comes; not when attached. */
  readonly onLine?: (line: string) => void;
  /** Told to stop, as by Ctrl-C, at the first line for which this holds; not when attached. */
  readonly interruptAt?: (line: string) => boolean;
}

export interface EngineRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** This process was told to stop meanwhile, and told the engine. */
  readonly interrupted: boolean;
}

const running = new Set<ChildProcess>();

/** How long the engine may take to finish the steps under way before it is told again, milliseconds. */
const PATIENCE_MS = 30_000;

/** Runs the engine. A signal to this process stops the engine first, softly, so that it gives its lock back. */
export function runEngine(command: EngineCommand): Promise<EngineRun> {
  const { pulumi, args, cwd, env, attached = false, interruptAt } = command;
  const child = attached
    ? spawn(pulumi, args, { cwd, env, stdio: "inherit" })
    : // A group of its own: Ctrl-C reaches it through us alone, once.
      spawn(pulumi, [...args, "--color=never"], { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  const interrupts: NodeJS.Signals[] = [];
  const stop = (signal: NodeJS.Signals) => {
    interrupts.push(signal);
    // In the terminal's foreground group the engine has its Ctrl-C already; one from us would be its second.
    if (!(attached && signal === "SIGINT")) stopEngine(child, interrupts.length);
  };
  const onLine = (line: string) => {
    command.onLine?.(line);
    if (interrupts.length === 0 && interruptAt?.(line)) stop("SIGINT");
  };
  return whileInterruptible(
    stop,
    new Promise((resolve, reject) => {
      const output = { stdout: "", stderr: "" };
      child.stdout?.setEncoding("utf8").on("data", collector(output, "stdout", onLine));
      child.stderr?.setEncoding("utf8").on("data", collector(output, "stderr", onLine));
      child.once("error", reject);
      child.once("close", (code) => {
        running.delete(child);
        resolve({ code: code ?? 1, ...output, interrupted: interrupts.length > 0 });
      });
    }),
  );
}

/** Ends all engines of this process with their plugins, at once; for the last moments of a process. */
export function killEngines(): void {
  for (const child of running) killTree(child);
}

function collector(
  output: { stdout: string; stderr: string },
  name: "stdout" | "stderr",
  onLine?: (line: string) => void,
) {
  let rest = "";
  return (chunk: string) => {
    output[name] += chunk;
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach((line) => onLine?.(line));
  };
}

/**
 * Asked once, the engine finishes the steps under way; asked again, it drops them; the third time it is killed.
 * Each step follows when the patience with the one before ends.
 */
function stopEngine(child: ChildProcess, time: number): void {
  if (time > 2) return killTree(child);
  child.kill("SIGINT");
  const next = setTimeout(() => stopEngine(child, time + 1), PATIENCE_MS);
  child.once("close", () => clearTimeout(next));
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined || identify(child.pid) === undefined) return;
  // The engine gives each plugin a process group of its own, so killing its group would leave them behind.
  const family = [child.pid, ...descendants(child.pid, listProcesses()).map(({ pid }) => pid)];
  for (const pid of family) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // ended with its parent
    }
  }
}
