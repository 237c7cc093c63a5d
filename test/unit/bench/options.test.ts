import * as assert from "node:assert/strict";

import { parseOptions, USAGE } from "../../../bench/options";
import { roundsFor } from "../../../bench/size";

describe("bench options", () => {
  it("measures with 10, 100 and 1000 clusters in three rounds by default", () => {
    assert.deepEqual(parseOptions([]), { sizes: [10, 100, 1000], rounds: 3 });
  });

  it("takes sizes in any order, once each", () => {
    assert.deepEqual(parseOptions(["--sizes", "100,5,100", "--rounds=1", "--json", "out.json"]), {
      sizes: [5, 100],
      rounds: 1,
      json: "out.json",
    });
    assert.deepEqual(parseOptions(["--quick"])?.sizes, [10]);
  });

  it("asks for nothing but help where help is wanted", () => {
    assert.equal(parseOptions(["--help"]), undefined);
  });

  for (const [args, message] of [
    [["--sizes", "10,x"], '--sizes: "x" is not a number from 1 to 99999.'],
    [["--rounds", "0"], '--rounds: "0" is not a number from 1 to 99999.'],
    [["--quick", "--sizes", "5"], "--quick and --sizes exclude each other."],
  ] as const) {
    it(`refuses ${args.join(" ")} and shows its usage`, () => {
      assert.throws(() => parseOptions(args), { message: `${message}\n\n${USAGE}`, exitCode: 2 });
    });
  }

  it("refuses options that it does not know", () => {
    assert.throws(() => parseOptions(["--size", "5"]), { name: "SandboxProblem", exitCode: 2 });
    assert.throws(() => parseOptions(["5"]), { name: "SandboxProblem", exitCode: 2 });
  });

  it("repeats less from 500 clusters on, and saves the state at the end of up only", () => {
    assert.deepEqual(roundsFor(499, 3), { previews: 3, ups: 3, checkpoints: true });
    assert.deepEqual(roundsFor(500, 3), { previews: 2, ups: 1, checkpoints: false });
    assert.deepEqual(roundsFor(1000, 1), { previews: 1, ups: 1, checkpoints: false });
  });
});
