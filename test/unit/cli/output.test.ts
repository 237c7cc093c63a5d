import assert from "node:assert/strict";

import { memoryOutput } from "./memory-output";

describe("the CLI's output", () => {
  it("is 100 columns wide off a terminal, whatever the stream says", () => {
    assert.equal(memoryOutput({ columns: 40 }).out.columns, 100);
  });

  it("is as wide as the terminal", () => {
    assert.equal(memoryOutput({ terminal: true, columns: 83 }).out.columns, 83);
  });

  for (const [where, options, coloured] of [
    ["on a terminal", { terminal: true }, true],
    ["off a terminal", {}, false],
    ["with NO_COLOR", { terminal: true, env: { NO_COLOR: "1" } }, false],
    ["with an empty NO_COLOR, which does not count", { terminal: true, env: { NO_COLOR: "" } }, true],
    ["with TERM=dumb", { terminal: true, env: { TERM: "dumb" } }, false],
    ["with --json", { terminal: true, json: true }, false],
  ] as const) {
    it(`is ${coloured ? "" : "not "}coloured ${where}`, () => {
      assert.equal(memoryOutput(options).out.style("red", "no"), coloured ? "\u001b[31mno\u001b[39m" : "no");
    });
  }

  it("keeps remarks out of the answer", () => {
    const { out, stdout, stderr } = memoryOutput({ json: true });
    out.note("a remark");
    out.data({ a: 1 });
    assert.deepEqual([JSON.parse(stdout()), stderr()], [{ a: 1 }, "a remark\n"]);
  });
});
