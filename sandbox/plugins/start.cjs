// Starts one of the stand-ins: `start("kubernetes/main.ts")`. TypeScript is transpiled, not checked, so that a plugin
// answers within the engine's 10 seconds on a loaded machine too.
const path = require("node:path");

module.exports = function start(entry) {
  const repository = path.join(__dirname, "..", "..");
  require("ts-node").register({
    transpileOnly: true,
    cwd: repository,
    project: path.join(repository, "tsconfig.json"),
  });
  require(path.join(__dirname, entry));
};
