// `npm test`: all that a change must pass, fast tiers first. Ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { prepare } from "../sandbox/dependencies.mjs";

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(path.join(tmpdir(), "cluster-fleet-test-"));
const totals = { passed: 0, failed: 0 };

prepare();
check("types", "tsc", "--noEmit");
check("lint", "eslint", ".");
check("format", "prettier", "--check", ".");
suite("unit", "test/{unit,components,policy,plugins}/**/*.test.ts");
suite("engine", "test/engine/**/*.test.ts");
rmSync(folder, { recursive: true });
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);

/** A tool that passes or fails as a whole. */
function check(name, tool, ...args) {
  const passed = run(name, tool, args);
  totals[passed ? "passed" : "failed"] += 1;
}

/** A folder of mocha tests; a run that ends without counts, or with none, has failed. */
function suite(name, spec) {
  const counts = path.join(folder, `${name}.json`);
  const passed = run(name, "mocha", ["--reporter", "test/reporter.cjs", "--spec", spec], {
    CLUSTER_FLEET_TEST_COUNTS: counts,
  });
  const { passes, failures } = existsSync(counts)
    ? JSON.parse(readFileSync(counts, "utf8"))
    : { passes: 0, failures: 0 };
  totals.passed += passes;
  totals.failed += failures + ((!passed && failures === 0) || passes + failures === 0 ? 1 : 0);
}

function run(name, tool, args, env = {}) {
  const begin = Date.now();
  console.log(`\n== ${name}`);
  const executable = path.join(repository, "node_modules", ".bin", tool);
  const { status } = spawnSync(executable, args, {
    cwd: repository,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  console.log(`== ${name}: ${status === 0 ? "passed" : "FAILED"} after ${Math.round((Date.now() - begin) / 1000)} s`);
  return status === 0;
}
