import { checkRuns } from "./decide-properties";
import { CLAIMS } from "./model/claims";

describe("every run of a rollout", () => {
  for (const [claim, holds] of Object.entries(CLAIMS)) {
    it(claim, () => {
      // The same fleets each time; `npm run test:long` looks for others.
      checkRuns(holds, { seed: 20261125, numRuns: 500 });
    });
  }
});
