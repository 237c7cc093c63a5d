import * as assert from "node:assert/strict";

import { standInController } from "../../sandbox/rehearsal/surroundings";
import { REHEARSALS } from "../../sandbox/rehearsal/rehearsals";
import { withTemporarySandbox } from "../../sandbox/temporary";
import { createReport } from "../../sandbox/report";

/** Runs a rehearsal in a sandbox of its own. A rehearsal fails by itself at whatever is not as it should be. */
async function rehearse(name: keyof typeof REHEARSALS): Promise<string[]> {
  const shown: string[] = [];
  await withTemporarySandbox("cf-test-rehearsal-", createReport(process.stderr), async ({ engine, paths, tools }) => {
    const controller = standInController(paths, tools);
    controller.start();
    try {
      await REHEARSALS[name].run({ engine, paths, say: (text) => void shown.push(text) });
    } finally {
      await controller.stop();
    }
  });
  return shown;
}

describe("npm run rehearse", function () {
  this.timeout(900_000);

  it("management: built, interrupted, upgraded in order, defended and taken down", async () => {
    assert.equal((await rehearse("management")).length, 8);
  });

  it("together: the management cluster and its fleet in one stack, and handed over without a replacement", async () => {
    assert.equal((await rehearse("together")).length, 2);
  });

  it("staging: an environment with the rights of its own role alone", async () => {
    assert.equal((await rehearse("staging")).length, 5);
  });
});
