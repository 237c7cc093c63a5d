import { checkEnds, checkRuns } from "./decide-properties";
import { CLAIMS } from "./model/claims";

/** The same fleets each time; `npm run test:long` looks for others. */
const HOW = { seed: 20261125, numRuns: 500 };

describe("every run of a rollout", () => {
  for (const [claim, holds] of Object.entries(CLAIMS)) {
    it(claim, () => {
      checkRuns(holds, HOW);
    });
  }
});

describe("every rollout that nothing but time keeps", () => {
  it("comes to its end, whichever of its updates are killed half way", () => {
    checkEnds(HOW);
  });
});
