import assert from "node:assert/strict";
import fc from "fast-check";

import { spanMs, spanText } from "../../../../../fleet/rollout/time/spans";

describe("lengths of time", () => {
  const spans: [text: string, ms: number, forPeople: string][] = [
    ["0m", 0, "less than 1 min"],
    ["1m", 60_000, "1 min"],
    ["90m", 5_400_000, "1 h 30 min"],
    ["12h", 43_200_000, "12 h"],
    ["24h", 86_400_000, "1 day"],
    ["7d", 604_800_000, "7 days"],
    ["1445m", 86_700_000, "1 day 5 min"],
  ];
  for (const [text, ms, forPeople] of spans) {
    it(`${text} are ${ms} ms, for people ${forPeople}`, () => {
      assert.equal(spanMs(text), ms);
      assert.equal(spanText(ms), forPeople);
    });
  }

  for (const text of ["", "h", "1.5h", "-1h", "1h30m", "1s", "1 h", "1H"]) {
    it(`"${text}" is none`, () => {
      assert.throws(() => spanMs(text), {
        message: `"${text}" is not a length of time. Write a number and a unit, such as 30m, 12h or 7d.`,
      });
    });
  }

  it("never read as a whole minute that they do not reach", () => {
    assert.equal(spanText(3_599_999), "59 min");
    assert.equal(spanText(59_999), "less than 1 min");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 59_999 }), (minutes, less) => {
        assert.notEqual(spanText(minutes * 60_000 - less), spanText(minutes * 60_000));
      }),
    );
  });
});
