import { checkMutations } from "../unit/fleet/config/mutations";

describe("mistakes in a good stack file", () => {
  it("are refused in good words, or count: never a crash, never silence", () => {
    checkMutations(20_000);
  }).timeout(600_000);
});
