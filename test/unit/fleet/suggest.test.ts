import assert from "node:assert/strict";

import { nearest } from "../../../fleet/suggest";

describe("a suggestion", () => {
  const keys = ["version", "region", "workers"];

  it("is the word that was meant", () => {
    for (const slip of ["versoin", "Version", "verion", "versions"]) assert.equal(nearest(slip, keys), "version");
  });

  it("is none where nothing is near", () => assert.equal(nearest("team", keys), undefined));

  it("is none for a text that is far too long to be a name", () => {
    assert.equal(nearest("version".repeat(20_000), keys), undefined);
  });
});
