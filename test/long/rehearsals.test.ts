import * as assert from "node:assert/strict";

import { rehearse } from "../engine/rehearse";

describe("npm run rehearse", () => {
  it("staging: an environment beside the management cluster, and taken down with it", async () => {
    assert.equal((await rehearse("staging")).length, 5);
  });

  it("production: an environment beside the management cluster, and defended", async () => {
    assert.equal((await rehearse("production")).length, 4);
  });
});
