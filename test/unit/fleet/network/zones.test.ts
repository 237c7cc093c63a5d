import assert from "node:assert/strict";

import { AWS_REGIONS } from "../../../../fleet/aws-regions";
import { usualZones } from "../../../../fleet/network/zones";

describe("the usual zones of a region", () => {
  const cases: [string, string[]][] = [
    ["us-west-2", ["us-west-2a", "us-west-2b", "us-west-2c"]],
    ["eu-central-1", ["eu-central-1a", "eu-central-1b", "eu-central-1c"]],
    ["ap-northeast-1", ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]],
    ["ca-central-1", ["ca-central-1a", "ca-central-1b", "ca-central-1d"]],
  ];
  for (const [region, zones] of cases) {
    it(`of ${region} are ${zones.map((zone) => zone.slice(-1)).join(", ")}`, () => {
      assert.deepEqual(usualZones(region), zones);
    });
  }

  it("are unknown where accounts see two zones alone", () => {
    assert.equal(usualZones("us-west-1"), undefined);
  });

  it("are three different ones wherever they are known", () => {
    for (const zones of AWS_REGIONS.map(usualZones).filter((found) => found !== undefined)) {
      assert.equal(new Set(zones).size, 3);
    }
  });
});
