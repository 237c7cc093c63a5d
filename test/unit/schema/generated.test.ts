import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { generatedFiles } from "../../../schema/generated";

describe("files made from the configuration's schema", () => {
  it("are as the schema makes them today (npm run generate)", async () => {
    for (const { file, text } of await generatedFiles()) {
      assert.equal(readFileSync(file, "utf8"), text, `${basename(file)} is stale: run npm run generate`);
    }
  });
});
