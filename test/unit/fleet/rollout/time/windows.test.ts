import assert from "node:assert/strict";
import fc from "fast-check";

import { type Window } from "../../../../../fleet/config/schema/upgrades";
import { type Interval } from "../../../../../fleet/rollout/time/moments";
import { spanMs } from "../../../../../fleet/rollout/time/spans";
import { nextOpening, openingAt } from "../../../../../fleet/rollout/time/windows";
import { dayWindow, MINUTE, type Scan, scan, startsOf } from "./clocks";

const SATURDAY: Window = { days: ["Sat"], start: "02:00", duration: "4h", zone: "Europe/Berlin" };
const NIGHTLY: Window = { start: "02:30", duration: "1h", zone: "Europe/Berlin" };

function at(window: Window, now: string) {
  return texts(openingAt(window, new Date(now)));
}

function after(window: Window, moment: string) {
  return texts(nextOpening(window, new Date(moment)));
}

function texts(opening: Interval | undefined) {
  return opening && [opening.from, opening.to].map((instant) => new Date(instant).toISOString().slice(0, 16) + "Z");
}

describe("openings of windows", () => {
  const openings: [claim: string, window: Window, after: string, opening: [from: string, to: string]][] = [
    ["on a day", SATURDAY, "2026-12-01T00:00Z", ["2026-12-05T01:00Z", "2026-12-05T05:00Z"]],
    ["every day without days", NIGHTLY, "2026-12-01T00:00Z", ["2026-12-01T01:30Z", "2026-12-01T02:30Z"]],
    [
      "at midnight without a start",
      { days: ["Sat", "Sun"], duration: "2d", zone: "Asia/Kolkata" },
      "2026-12-01T00:00Z",
      ["2026-12-04T18:30Z", "2026-12-06T18:30Z"],
    ],
    [
      "over midnight",
      { days: ["Sat"], start: "22:00", duration: "8h", zone: "UTC" },
      "2026-12-01T00:00Z",
      ["2026-12-05T22:00Z", "2026-12-06T06:00Z"],
    ],
    [
      "by cron",
      { cron: "15 1 * * 6#1", duration: "30m", zone: "America/New_York" },
      "2026-12-01T00:00Z",
      ["2026-12-05T06:15Z", "2026-12-05T06:45Z"],
    ],
    [
      "on a leap day",
      { cron: "0 0 29 2 *", duration: "1d", zone: "UTC" },
      "2026-12-01T00:00Z",
      ["2028-02-29T00:00Z", "2028-03-01T00:00Z"],
    ],
    [
      "for its elapsed time over a gap",
      { days: ["Sun"], start: "01:00", duration: "4h", zone: "Europe/Berlin" },
      "2026-03-28T12:00Z",
      ["2026-03-29T00:00Z", "2026-03-29T04:00Z"],
    ],
    [
      "for its elapsed time over an hour that comes twice",
      { days: ["Sun"], start: "01:00", duration: "4h", zone: "Europe/Berlin" },
      "2026-10-24T12:00Z",
      ["2026-10-24T23:00Z", "2026-10-25T03:00Z"],
    ],
    ["after the gap", NIGHTLY, "2026-03-28T12:00Z", ["2026-03-29T01:00Z", "2026-03-29T02:00Z"]],
    ["at the first of two", NIGHTLY, "2026-10-24T12:00Z", ["2026-10-25T00:30Z", "2026-10-25T01:30Z"]],
    ["only once", NIGHTLY, "2026-10-25T00:30Z", ["2026-10-26T01:30Z", "2026-10-26T02:30Z"]],
    [
      "after New York's gap",
      { ...NIGHTLY, zone: "America/New_York" },
      "2026-03-07T12:00Z",
      ["2026-03-08T07:00Z", "2026-03-08T08:00Z"],
    ],
    [
      "at the first of New York's two",
      { start: "01:30", duration: "1h", zone: "America/New_York" },
      "2026-10-31T12:00Z",
      ["2026-11-01T05:30Z", "2026-11-01T06:30Z"],
    ],
    [
      "after the gap by cron, where it lists its hours",
      { cron: "30 2,14 * * *", duration: "1h", zone: "Europe/Berlin" },
      "2026-03-28T15:00Z",
      ["2026-03-29T01:00Z", "2026-03-29T02:00Z"],
    ],
    [
      "not in the gap by cron, where it does not list them",
      { cron: "30 */2 * * *", duration: "1h", zone: "Europe/Berlin" },
      "2026-03-29T00:00Z",
      ["2026-03-29T02:30Z", "2026-03-29T03:30Z"],
    ],
    [
      "not after a gap that ends on another day",
      { start: "23:30", duration: "1h", zone: "America/Nuuk" },
      "2026-03-28T12:00Z",
      ["2026-03-30T00:30Z", "2026-03-30T01:30Z"],
    ],
  ];
  for (const [claim, window, moment, opening] of openings) {
    it(`begin ${claim}`, () => {
      assert.deepEqual(after(window, moment), opening);
      assert.deepEqual(at(window, opening[0]), opening);
    });
  }

  it("count their first moment and not their last", () => {
    const opening = ["2026-12-05T01:00Z", "2026-12-05T05:00Z"];
    assert.equal(at(SATURDAY, "2026-12-05T00:59:59.999Z"), undefined);
    assert.deepEqual(at(SATURDAY, "2026-12-05T01:00:00.000Z"), opening);
    assert.deepEqual(at(SATURDAY, "2026-12-05T04:59:59.999Z"), opening);
    assert.equal(at(SATURDAY, "2026-12-05T05:00:00.000Z"), undefined);
  });

  it("are next only after a moment, not with it", () => {
    assert.deepEqual(after(SATURDAY, "2026-12-05T00:59:59.999Z"), ["2026-12-05T01:00Z", "2026-12-05T05:00Z"]);
    assert.deepEqual(after(SATURDAY, "2026-12-05T01:00:00.000Z"), ["2026-12-12T01:00Z", "2026-12-12T05:00Z"]);
  });

  it("cover a moment with the one that closes last", () => {
    const long: Window = { start: "00:00", duration: "36h", zone: "UTC" };
    assert.deepEqual(at(long, "2026-12-05T06:00Z"), ["2026-12-05T00:00Z", "2026-12-06T12:00Z"]);
  });

  it("never come on a day that never comes", () => {
    const never: Window = { cron: "0 0 30 2 *", duration: "1h", zone: "UTC" };
    assert.equal(at(never, "2026-12-05T06:00Z"), undefined);
    assert.equal(after(never, "2026-12-05T06:00Z"), undefined);
  });

  it("cover a moment if and only if clocks came to the start at most its duration ago", () => {
    fc.assert(
      fc.property(scan, dayWindow, (scan, window) => {
        const [begun = 0] = instants(window, scan)
          .filter((instant) => instant <= scan.now)
          .reverse();
        const opening = { from: begun, to: begun + spanMs(window.duration) };
        assert.deepEqual(openingAt(window, new Date(scan.now)), opening.to > scan.now ? opening : undefined);
      }),
    );
  });

  it("are next at the first minute at which clocks come to the start", () => {
    fc.assert(
      fc.property(scan, dayWindow, (scan, window) => {
        const [first] = instants(window, scan).filter((instant) => instant > scan.now);
        assert.equal(nextOpening(window, new Date(scan.now))?.from, first);
      }),
    );
  });
});

function instants(window: Window, scan: Scan): number[] {
  return startsOf(window, scan).map((minute) => scan.start + minute * MINUTE);
}
