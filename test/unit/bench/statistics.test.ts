import * as assert from "node:assert/strict";

import { costOf, median, spread } from "../../../bench/statistics";

describe("bench statistics", () => {
  it("takes the middle value, whatever the order, and the middle of two where there are two", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([7]), 7);
    assert.throws(() => median([]), /no values/);
  });

  it("takes half the range as the spread", () => {
    assert.equal(spread([5, 1, 3]), 2);
    assert.equal(spread([5]), 0);
  });

  it("parts a cost into what is fixed and what each cluster adds, from the smallest and the largest fleet", () => {
    const points = new Map([
      [1000, 12],
      [10, 2.1],
      [100, 99],
    ]);
    const { fixed, each } = costOf(points) ?? assert.fail("no cost");
    assert.ok(Math.abs(fixed - 2) < 1e-9, String(fixed));
    assert.ok(Math.abs(each - 0.01) < 1e-9, String(each));
  });

  it("says nothing about the parts of a cost that was measured at one size alone", () => {
    assert.equal(costOf(new Map([[10, 2]])), undefined);
    assert.equal(costOf(new Map()), undefined);
  });
});
