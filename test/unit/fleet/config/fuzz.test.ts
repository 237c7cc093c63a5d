import { checkMutations } from "./mutations";

describe("mistakes in a good stack file", () => {
  it("are refused in good words, or count: never a crash, never silence", () => {
    checkMutations(500);
  }).timeout(600_000);
});
