import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as semver from "semver";

import { SandboxProblem } from "../problem";
import { type Report, type Step } from "../report";
import { cached } from "../tools/cache";

/** What the pinned packages support. */
const PYTHON_RANGE = ">=3.11.0";
const REQUIREMENTS = path.join(__dirname, "requirements.txt");
const PYTHON = path.join("bin", "python");

/**
 * Finds or makes the virtual environment that the simulated AWS API runs in: exactly the packages of `requirements.txt`,
 * each with its hash. It is made once per machine, Python and set of packages; nothing is installed elsewhere.
 * @param cache The tool cache.
 * @returns Its Python.
 * @throws SandboxProblem if there is no Python that can, or the packages cannot be had.
 */
export async function findOrMakePython(cache: string, report: Report): Promise<string> {
  const version = pythonVersion();
  const folder = path.join(cache, `aws-api-${environmentKey(version)}`);
  let step: Step | undefined;
  const open = () => (step ??= report.step("Tools, simulated AWS API", { heartbeat: true }));
  try {
    await cached(
      folder,
      [PYTHON],
      async (into) => {
        open().update(`installing packages for Python ${version}`);
        await makeEnvironment(into);
      },
      (pid) => open().update(`waiting for process ${pid}, which is installing them`),
    );
    step?.done(`installed in ${folder}`);
  } catch (error) {
    step?.abandon();
    throw error;
  }
  return path.join(folder, PYTHON);
}

/** @param python The version that it is for. */
export function environmentKey(python: string): string {
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS));
  return hash.update(`${process.platform}/${process.arch} ${python}`).digest("hex").slice(0, 12);
}

function pythonVersion(): string {
  const { stdout } = spawnSync("python3", ["--version"], { encoding: "utf8" });
  const version = /\d+\.\d+\.\d+/.exec(stdout ?? "")?.[0];
  if (version !== undefined && semver.satisfies(version, PYTHON_RANGE)) return version;
  throw new SandboxProblem(
    `The simulated AWS API needs Python ${PYTHON_RANGE}, and python3 on PATH ` +
      `${version === undefined ? "does not run" : `is ${version}`}. Install one from https://www.python.org/downloads/.`,
  );
}

/** The environment is renamed afterwards, so its Python is called, never one of its scripts: they know their old place. */
async function makeEnvironment(into: string): Promise<void> {
  await run("python3", ["-m", "venv", into]);
  const install = ["install", "--quiet", "--require-hashes", "--only-binary=:all:", "--requirement", REQUIREMENTS];
  await run(path.join(into, PYTHON), ["-m", "pip", ...install]);
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const kill = () => child.kill();
    process.once("exit", kill);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    }
    child.on("error", reject).on("close", (code, signal) => {
      process.off("exit", kill);
      if (code === 0) return resolve();
      const how = signal === null ? `exit code ${code}` : signal;
      const tail = output.trimEnd().split("\n").slice(-15).join("\n");
      reject(new SandboxProblem(`\`${[command, ...args].join(" ")}\` failed (${how}):\n${tail}`));
    });
  });
}
