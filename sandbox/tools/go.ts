import { spawn, spawnSync } from "node:child_process";
import { SandboxProblem } from "../problem";

/** What to run in place of the environment's Go settings that would change what is built. */
const ENVIRONMENT = { GOWORK: "off", GOFLAGS: "-mod=readonly" };

/**
 * @param folder The module to build. Go picks a toolchain that its go.mod allows, downloading one where it may.
 * @returns The version that will build it, e.g. `1.26.8`.
 * @throws SandboxProblem if there is no Go, or only one too old.
 */
export function goVersion(folder: string): string {
  const { stdout, stderr, error } = spawnSync("go", ["env", "GOVERSION"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...ENVIRONMENT },
  });
  if (error !== undefined) {
    throw new SandboxProblem(
      "Go is needed once, to build the tools of the sandbox, and is not on PATH. Install Go 1.26 or newer from " +
        "https://go.dev/dl/ and run this again.",
    );
  }
  const version = /^go(\d+\.\d+\S*)/.exec(stdout)?.[1];
  if (version === undefined) {
    throw new SandboxProblem(
      `The Go on PATH cannot build the tools of the sandbox: ${stderr.trim() || stdout.trim()}\n` +
        "Install Go 1.26 or newer from https://go.dev/dl/, or unset GOTOOLCHAIN so that Go may fetch it.",
    );
  }
  return version;
}

/**
 * Runs `go` in a module's folder.
 * @returns Its standard output.
 * @throws SandboxProblem with the last lines of its error output.
 */
export function runGo(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, { cwd: folder, env: { ...process.env, ...ENVIRONMENT } });
    const kill = () => child.kill();
    process.once("exit", kill);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    child.on("error", reject).on("close", (code, signal) => {
      process.off("exit", kill);
      if (code === 0) return resolve(stdout);
      const tail = stderr.trimEnd().split("\n").slice(-15).join("\n");
      const how = signal === null ? `exit code ${code}` : signal;
      reject(new SandboxProblem(`\`go ${args.join(" ")}\` in ${folder} failed (${how}):\n${tail}`));
    });
  });
}
