import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

import program from "../../index";

describe("the program", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  it("ends a run at a mistake of the user with its message alone: an error that has no stack", async () => {
    pulumi.runtime.setAllConfig({ "cluster-fleet:environment": "staging" });
    await assert.rejects(program(), (error: unknown) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.equal(
        error.message,
        "The configuration of this stack cannot be used (1 problem):\n  1. management: is missing. Set it (map).",
      );
      assert.equal(error.stack, undefined);
      return true;
    });
  });
});
