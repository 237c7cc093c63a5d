// Entry of the pack (`main` in package.json). Pulumi's runner has registered ts-node with type checking, which costs
// several seconds of every preview and update; types are checked by `npm run check`. So compile without.
const path = require("node:path");

const runnersCompiler = process[Symbol.for("ts-node.register.instance")];
if (runnersCompiler) {
  runnersCompiler.enabled(false);
}
require("ts-node").register({
  transpileOnly: true,
  cwd: __dirname,
  project: path.join(path.dirname(__dirname), "tsconfig.json"),
});
require("./index.ts");
