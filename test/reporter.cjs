// Mocha's spec reporter, which also leaves its counts for test/run.mjs.
const { appendFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.CLUSTER_FLEET_TEST_COUNTS;
    if (file !== undefined) {
      runner.once("end", () => {
        const { passes, failures, pending } = this.stats;
        appendFileSync(file, `${JSON.stringify({ passes, failures, pending })}\n`);
      });
    }
  }
};
