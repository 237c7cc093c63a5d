import assert from "node:assert/strict";

import { UsageError } from "../../../../cli/errors";
import { momentOf } from "../../../../cli/rollout/moment";
import { pauseOf, spanOf } from "../../../../cli/rollout/times";

const NOW = new Date("2026-11-25T12:00:00Z");

describe("the moment of fleet plan", () => {
  for (const [at, zone, expected] of [
    [undefined, undefined, "2026-11-25T12:00:00.000Z"],
    ["2026-12-05T02:00", undefined, "2026-12-05T02:00:00.000Z"],
    ["2026-12-05T02:00", "Europe/Berlin", "2026-12-05T01:00:00.000Z"],
    ["2026-12-05", "Europe/Berlin", "2026-12-04T23:00:00.000Z"],
    ["2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:00:00.000Z"],
  ] as const) {
    it(`${at ?? "now"} ${zone ?? ""} is ${expected}`, () =>
      assert.equal(momentOf(at, zone, NOW).toISOString(), expected));
  }

  for (const [at, zone, message] of [
    [
      "tomorrow",
      undefined,
      '--at is not a moment (got tomorrow). Write it in quotes, as "2026-12-24" or "2026-12-24T18:00".',
    ],
    [
      "2026-12-05T02:00Z",
      undefined,
      "--at carries a time zone, but is local time in the one that zone names (got 2026-12-05T02:00Z). " +
        'Write it in quotes and without a zone: "2026-12-05T02:00".',
    ],
    ["2026-12-05", "Berlin", "--zone is not the name of an IANA time zone (got Berlin). Did you mean Europe/Berlin."],
    [undefined, "Europe/Berlin", "--zone is the zone of --at. Add --at, or leave --zone out."],
  ] as const) {
    it(`is refused as ${at} ${zone ?? ""}`, () =>
      assert.throws(() => momentOf(at, zone, NOW), new UsageError(message)));
  }
});

describe("times of fleet rollout", () => {
  it("are read in milliseconds; of polls in seconds too", () =>
    assert.deepEqual(
      [pauseOf(undefined), pauseOf("5s"), pauseOf("2m"), spanOf("2h"), spanOf(undefined)],
      [30_000, 5_000, 120_000, 7_200_000, undefined],
    ));

  it("are refused where they are none", () => {
    const poll = "--poll is not a length of time (got 0s). Write one such as 30s or 2m.";
    assert.throws(() => pauseOf("0s"), new UsageError(poll));
    const until = "--until is not a length of time (got 30s). Write one such as 2h or 30m.";
    assert.throws(() => spanOf("30s"), new UsageError(until));
  });
});
