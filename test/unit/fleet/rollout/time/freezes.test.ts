import assert from "node:assert/strict";

import { type Freeze } from "../../../../../fleet/config/schema/upgrades";
import { frozenAt, frozenTimes, isFor, nextFrozen, thaws } from "../../../../../fleet/rollout/time/freezes";

const YEAR_END = freeze("2026-12-19", "2027-01-02", { zone: "Europe/Berlin", reason: "end of year" });
const SALE = freeze("2026-11-27T06:00", "2026-11-30T18:00", { reason: "sale" });
const MOVE = freeze("2026-11-29", "2026-12-02", { reason: "move" });

function freeze(from: string, to: string, rest: Partial<Freeze> = {}): Freeze {
  return { from, to, zone: "UTC", scope: "all", reason: "reason", ...rest };
}

function at(freezes: readonly Freeze[], moment: string) {
  return frozenAt(frozenTimes(freezes), new Date(moment))?.freeze;
}

describe("freezes", () => {
  it("cover their first moment and the whole of their last day, in their zone", () => {
    assert.equal(at([YEAR_END], "2026-12-18T22:59:59.999Z"), undefined);
    assert.equal(at([YEAR_END], "2026-12-18T23:00:00.000Z"), YEAR_END);
    assert.equal(at([YEAR_END], "2027-01-02T22:59:59.999Z"), YEAR_END);
    assert.equal(at([YEAR_END], "2027-01-02T23:00:00.000Z"), undefined);
  });

  it("end with the moment that they name", () => {
    assert.equal(at([SALE], "2026-11-30T17:59:59.999Z"), SALE);
    assert.equal(at([SALE], "2026-11-30T18:00:00.000Z"), undefined);
  });

  it("that overlap cover a moment with the one that ends last", () => {
    assert.equal(at([SALE, MOVE], "2026-11-28T00:00Z"), SALE);
    assert.equal(at([SALE, MOVE], "2026-11-29T00:00Z"), MOVE);
    assert.equal(at([MOVE, SALE], "2026-11-29T00:00Z"), MOVE);
  });

  it("cover nothing where they end before they begin, or as they begin", () => {
    assert.deepEqual(frozenTimes([freeze("2026-12-02", "2026-12-01")]), []);
    assert.deepEqual(frozenTimes([freeze("2026-12-02T10:00", "2026-12-02T10:00")]), []);
  });

  it("have the next one that begins after a moment, whatever their order", () => {
    const times = frozenTimes([YEAR_END, SALE]);
    assert.equal(nextFrozen(times, new Date("2026-11-27T05:59Z"))?.freeze, SALE);
    assert.equal(nextFrozen(times, new Date("2026-11-27T06:00Z"))?.freeze, YEAR_END);
    assert.equal(nextFrozen(times, new Date("2026-12-24T00:00Z")), undefined);
  });

  it("leave thaws between them; those that overlap or touch leave none", () => {
    const adjacent = [SALE, MOVE, freeze("2026-12-03", "2026-12-03"), freeze("2026-12-05", "2026-12-06")];
    const times = thaws(frozenTimes(adjacent), new Date("2026-11-20T00:00Z"));
    assert.deepEqual(
      times.map(({ from, to }) => [from, to].map((end) => (end === Infinity ? "" : new Date(end).toISOString()))),
      [
        ["2026-11-20T00:00:00.000Z", "2026-11-27T06:00:00.000Z"],
        ["2026-12-04T00:00:00.000Z", "2026-12-05T00:00:00.000Z"],
        ["2026-12-07T00:00:00.000Z", ""],
      ],
    );
  });

  it("leave a thaw from the end of one that covers its beginning, and forget what is past", () => {
    const [first] = thaws(frozenTimes([freeze("2025-12-24", "2025-12-26"), MOVE]), new Date("2026-12-01T12:00Z"));
    assert.deepEqual(first, { from: Date.parse("2026-12-03"), to: Infinity });
  });

  const scopes: [scope: Freeze["scope"], stages: string[] | undefined, isMinor: boolean, isFor: boolean][] = [
    ["all", undefined, true, true],
    ["all", undefined, false, true],
    ["minor", undefined, true, true],
    ["minor", undefined, false, false],
    ["all", ["prod", "test"], false, true],
    ["all", ["test"], false, false],
    ["minor", ["prod"], true, true],
    ["minor", ["prod"], false, false],
  ];
  for (const [scope, stages, isMinor, expected] of scopes) {
    const step = isMinor ? "a step to another minor" : "another step";
    it(`of scope ${scope} for ${stages?.join(" and ") ?? "all stages"} ${expected ? "are" : "are not"} for ${step} of prod`, () => {
      const { stages: _, ...rest } = freeze("2026-12-01", "2026-12-02", { scope });
      assert.equal(isFor({ ...rest, ...(stages && { stages }) }, { stage: "prod", isMinor }), expected);
    });
  }
});
