import { checkEnds, checkRuns } from "../unit/fleet/rollout/decide-properties";
import { CLAIMS } from "../unit/fleet/rollout/model/claims";

describe("every run of a rollout, looked at for long", () => {
  for (const [claim, holds] of Object.entries(CLAIMS)) {
    it(claim, () => {
      checkRuns(holds, { numRuns: 10_000 });
    });
  }
});

describe("every rollout that nothing but time keeps, looked at for long", () => {
  it("comes to its end, whichever of its updates are killed half way", () => {
    checkEnds({ numRuns: 10_000 });
  });
});
