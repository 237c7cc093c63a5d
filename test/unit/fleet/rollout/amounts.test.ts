import assert from "node:assert/strict";

import { type Amount } from "../../../../fleet/config/schema/times";
import { amountOf, concurrencyOf, failuresOf } from "../../../../fleet/rollout/amounts";

describe("amounts of clusters", () => {
  const amounts: [Amount, total: number, amount: number, concurrency: number, failures: number][] = [
    [3, 10, 3, 3, 3],
    [30, 10, 30, 30, 30],
    [0, 10, 0, 0, 0],
    ["0%", 10, 0, 0, 0],
    ["1%", 1, 0, 1, 0],
    ["25%", 3, 0, 1, 0],
    ["25%", 4, 1, 1, 1],
    ["25%", 7, 1, 1, 1],
    ["29%", 100, 29, 29, 29],
    ["99%", 100, 99, 99, 99],
    ["99%", 1, 0, 1, 0],
    ["100%", 10_000, 10_000, 10_000, 10_000],
    ["100%", 0, 0, 1, 0],
  ];
  for (const [written, total, amount, concurrency, failures] of amounts) {
    it(`${written} of ${total} are ${amount}: ${concurrency} move at a time, ${failures} may fail`, () => {
      assert.equal(amountOf(written, total), amount);
      assert.equal(concurrencyOf(written, total), concurrency);
      assert.equal(failuresOf(written, total), failures);
    });
  }
});
