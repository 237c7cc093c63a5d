// Makes a fresh clone ready to run TypeScript. Plain JavaScript without dependencies, since it runs before there are any.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const NODE = [20, 19];
const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Checks Node.js and installs the dependencies where they are missing or older than the lockfile. Ends the process on failure.
 * @param folder That of a package.json and its lockfile.
 */
export function prepare(folder = repository) {
  checkNode();
  installDependencies(folder);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  console.error(
    `Error: Node.js ${NODE.join(".")} or newer is needed, this is ${process.versions.node}. Install a supported ` +
      "release from https://nodejs.org/ and run this again.",
  );
  process.exit(1);
}

function installDependencies(folder) {
  const lockfile = path.join(folder, "package-lock.json");
  // npm writes this file at the end of every installation.
  const installed = path.join(folder, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs + 2000 >= statSync(lockfile).mtimeMs) return;
  const why = existsSync(installed) ? "are older than package-lock.json" : "are not installed";
  console.log(`Dependencies ${why}: npm ci ...`);
  const begin = Date.now();
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(`Error: \`npm ci\` in ${folder} failed${error ? ` (${error.message})` : ""}; see its output above.`);
    process.exit(1);
  }
  console.log(`Dependencies: installed (${Math.round((Date.now() - begin) / 1000)} s)`);
}
