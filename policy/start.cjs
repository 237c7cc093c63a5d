// Entry of the pack (`main` in package.json). Pulumi's runner has registered ts-node with type checking, which costs
// several seconds of every preview and update; types are checked by `npm run check`. So compile without.
const runnersCompiler = process[Symbol.for("ts-node.register.instance")];
if (runnersCompiler) {
  runnersCompiler.enabled(false);
}
require("sucrase/register/ts");
require("./index.ts");
