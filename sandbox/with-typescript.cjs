// Runs a TypeScript entry of this repository: `node with-typescript.cjs <entry.ts> [args...]`.
// Types are checked by `npm run check`, not at every start.
const path = require("node:path");

const repository = path.dirname(__dirname);
require("ts-node").register({
  transpileOnly: true,
  cwd: repository,
  project: path.join(repository, "tsconfig.json"),
});

const [entry, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], path.resolve(repository, entry), ...rest];
require(process.argv[1]);
