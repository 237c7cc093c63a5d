import * as assert from "node:assert/strict";

import { rehearse } from "./rehearse";

describe("npm run rehearse", function () {
  this.timeout(900_000);

  it("management: built, interrupted, upgraded in order, defended and taken down", async () => {
    assert.equal((await rehearse("management")).length, 8);
  });

  it("fleets: staging and production beside one management cluster, judged by the webhooks of Cluster API and CAPA", async () => {
    assert.equal((await rehearse("fleets")).length, 3);
  });

  it("together: the management cluster and its fleet in one stack, and handed over without a replacement", async () => {
    assert.equal((await rehearse("together")).length, 2);
  });
});
