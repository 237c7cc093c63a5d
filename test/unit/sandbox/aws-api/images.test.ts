import * as assert from "node:assert/strict";

import { imagesOf } from "../../../../sandbox/aws-api/images";
import { readConfig } from "../../../../sandbox/rehearsal/aws-api/expected";
import { withMorePools } from "../../../../sandbox/rehearsal/aws-api/pools";
import { CONFIG } from "../rehearsal/aws-api/fleet-in-aws";

describe("machine images of a simulated account", () => {
  it("are those that the stack names, in their region alone, and what EKS recommends for its clusters' versions", () => {
    const path = "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023";
    assert.deepEqual(imagesOf(readConfig(CONFIG)), [
      { id: "ami-0123456789abcdef0", region: "us-west-2", architecture: "x86_64" },
      {
        id: "ami-13500000000000000",
        region: "us-west-2",
        architecture: "x86_64",
        parameter: `${path}/x86_64/standard/recommended/image_id`,
      },
      {
        id: "ami-13510000000000000",
        region: "us-west-2",
        architecture: "arm64",
        parameter: `${path}/arm64/standard/recommended/image_id`,
      },
    ]);
  });

  it("are those of both classes where both name the same version", () => {
    const images = imagesOf(readConfig(withMorePools(CONFIG, readConfig(CONFIG))));
    assert.deepEqual(
      images.filter(({ parameter }) => parameter === undefined).map(({ id }) => id),
      ["ami-0123456789abcdef0", "ami-0fedcba9876543210"],
    );
  });
});
