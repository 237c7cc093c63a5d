import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";

import { goldenResources, type PlatformName, PLATFORMS } from "../../golden/resources";

/** What a person reads in a preview of the management cluster, and no more. */
const MOST_RESOURCES = 140;
const MOST_COMPONENTS = 15;

const REPOSITORY = path.resolve(__dirname, "../../..");

describe("the resources of a management cluster", () => {
  for (const platform of Object.keys(PLATFORMS) as PlatformName[]) {
    it(`with ${platform} are those of the golden file (npm run golden, and read the difference)`, function () {
      this.timeout(60_000);
      const command = ["sandbox/with-typescript.cjs", "test/golden/print-resources.ts", platform];
      const current = execFileSync(process.execPath, command, { cwd: REPOSITORY, encoding: "utf8" });
      assert.equal(current, goldenResources(platform));
    });

    it(`with ${platform} are at most ${MOST_RESOURCES}, in at most ${MOST_COMPONENTS} components`, () => {
      const types = goldenResources(platform)
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith(" "))
        .map((line) => line.split(" ")[0] ?? "");
      assert.ok(types.length <= MOST_RESOURCES, `${types.length} resources`);
      assert.ok(types.filter((type) => type.startsWith("cluster-fleet:")).length <= MOST_COMPONENTS);
    });
  }
});
