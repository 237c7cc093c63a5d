import assert from "node:assert/strict";

import { currentPlan, goldenPlan, STACKS } from "../../golden/plans";

describe("the plans of the sample stacks", () => {
  for (const stack of STACKS) {
    it(`${stack} plans what its golden file says (npm run golden, and read the difference)`, () => {
      assert.equal(currentPlan(stack), goldenPlan(stack));
    });
  }
});
