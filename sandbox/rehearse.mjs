// What `npm run rehearse` runs: makes the clone ready, then hands over to rehearsal/main.ts.
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { prepare } from "./dependencies.mjs";

prepare();
// In this process, not a new one: a signal must reach the command itself.
const sandbox = path.dirname(fileURLToPath(import.meta.url));
process.argv.splice(1, 1, path.join(sandbox, "with-typescript.cjs"), "sandbox/rehearsal/main.ts");
createRequire(import.meta.url)("./with-typescript.cjs");
