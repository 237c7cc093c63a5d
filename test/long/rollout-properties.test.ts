import { checkRuns } from "../unit/fleet/rollout/decide-properties";
import { CLAIMS } from "../unit/fleet/rollout/model/claims";

describe("every run of a rollout, looked at for long", () => {
  for (const [claim, holds] of Object.entries(CLAIMS)) {
    it(claim, () => {
      checkRuns(holds, { numRuns: 10_000 });
    });
  }
});
