import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { SimulatedAccount } from "../../../../sandbox/aws-api/account";

describe("an account of the simulated AWS API", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "account-"))));
  after(() => rmSync(folder, { recursive: true }));

  it("that its program does not fill is a problem, though the program ends before it read all", async () => {
    const file = path.join(folder, "held.json");
    writeFileSync(file, " ".repeat(10_000_000));
    const account = new SimulatedAccount("/bin/false", "http://127.0.0.1:1", "111122223333");
    await assert.rejects(account.fill(file), {
      name: "SandboxProblem",
      message: /^The simulated AWS API does not do fill:/,
    });
  });
});
