import { checkRuns } from "./decide-properties";
import { CLAIMS } from "./model/claims";

describe("every run of a rollout", () => {
  for (const [claim, holds] of Object.entries(CLAIMS)) {
    it(claim, () => {
      checkRuns(holds, 500);
    });
  }
});
