// `npm run mutate [-- FILE]`: changes the code in small ways, one at a time, and tells which changes no test notices.
// Stryker has dependencies of its own (see package.json beside this file), installed at the first run.
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { prepare } from "../../sandbox/dependencies.mjs";

const folder = path.dirname(fileURLToPath(import.meta.url));
const repository = path.dirname(path.dirname(folder));
const files = process.argv.slice(2);

prepare();
prepare(folder);
const stryker = path.join(folder, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
// The results of an earlier run do not count for files that are named: Stryker sees which tests come and go, but not what
// changes within one.
const only = files.length > 0 ? ["--force", "--mutate", files.join(",")] : [];
const { status } = spawnSync(process.execPath, [stryker, "run", path.join(folder, "stryker.config.json"), ...only], {
  cwd: repository,
  stdio: "inherit",
});
process.exit(status ?? 1);
