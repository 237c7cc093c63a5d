// Runs a TypeScript entry of this repository: `node with-typescript.cjs <entry.ts> [args...]`.
// Types are checked by `npm run check`, not at every start.
require("sucrase/register/ts");
const path = require("node:path");

const [entry, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], path.resolve(path.dirname(__dirname), entry), ...rest];
require(process.argv[1]);
