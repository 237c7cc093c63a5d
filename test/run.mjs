// `npm test`: all that a change must pass, fast tiers first. Ends with "N passed, N failed".
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { prepare } from "../sandbox/dependencies.mjs";

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(path.join(tmpdir(), "cluster-fleet-test-"));
const totals = { passed: 0, failed: 0 };

prepare();
await check("types", "tsc", "--noEmit");
await check("lint", "eslint", ".");
await check("format", "prettier", "--check", ".");
await suite("unit", ["test/{unit,components,policy,plugins}/**/*.test.ts"]);
// Engine tests mostly wait for controllers: two processes, each with a sandbox of its own, take little longer than one.
const [one, other] = halves("test/engine", [
  "baseline",
  "class-revisions",
  "cluster-variants",
  "fleet",
  "interruptions",
  "mixed-fleet",
  "production",
  "reach",
  "rollout-command",
  "sandbox-command",
]);
await Promise.all([suite("engine, first half", one), suite("engine, second half", other, "afterwards")]);
rmSync(folder, { recursive: true });
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);

/** A tool that passes or fails as a whole. */
async function check(name, tool, ...args) {
  const passed = await run(name, tool, args);
  totals[passed ? "passed" : "failed"] += 1;
}

/** Mocha tests; a run that ends without counts, or with none, has failed. */
async function suite(name, files, show = "at once") {
  const counts = path.join(folder, `${name}.json`);
  const args = ["--reporter", "test/reporter.cjs", ...files.flatMap((file) => ["--spec", file])];
  const passed = await run(name, "mocha", args, { CLUSTER_FLEET_TEST_COUNTS: counts }, show);
  const { passes, failures } = existsSync(counts)
    ? JSON.parse(readFileSync(counts, "utf8"))
    : { passes: 0, failures: 0 };
  totals.passed += passes;
  totals.failed += failures + ((!passed && failures === 0) || passes + failures === 0 ? 1 : 0);
}

/** The test files of a folder: those named, and all others. @param named Chosen so that both take about as long. */
function halves(where, named) {
  const files = readdirSync(path.join(repository, where)).filter((name) => name.endsWith(".test.ts"));
  const isNamed = (file) => named.includes(file.replace(/\.test\.ts$/, ""));
  const at = (chosen) => chosen.map((name) => path.join(where, name)).sort();
  return [at(files.filter(isNamed)), at(files.filter((file) => !isNamed(file)))];
}

/** @param show Whether its output is shown at once, or when it has ended, so that it does not mix with another's. */
function run(name, tool, args, env = {}, show = "at once") {
  const begin = Date.now();
  const print = (text) => process.stdout.write(text);
  const begun = `\n== ${name}\n`;
  if (show === "at once") print(begun);
  const executable = path.join(repository, "node_modules", ".bin", tool);
  const child = spawn(executable, args, {
    cwd: repository,
    stdio: ["ignore", ...(show === "at once" ? ["inherit", "inherit"] : ["pipe", "pipe"])],
    env: { ...process.env, ...env },
  });
  const held = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk) => held.push(chunk));
  return new Promise((resolve) => {
    child.once("close", (status) => {
      if (show !== "at once") print(begun + held.join(""));
      const seconds = Math.round((Date.now() - begin) / 1000);
      print(`== ${name}: ${status === 0 ? "passed" : "FAILED"} after ${seconds} s\n`);
      resolve(status === 0);
    });
  });
}
