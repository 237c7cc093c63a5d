// Starts one of the stand-ins: `start("kubernetes/main.ts")`. TypeScript is transpiled, not checked, so that a plugin
// answers within the engine's 10 seconds on a loaded machine too.
require("sucrase/register/ts");
const path = require("node:path");

module.exports = function start(entry) {
  require(path.join(__dirname, entry));
};
