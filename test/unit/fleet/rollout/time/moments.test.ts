import assert from "node:assert/strict";
import fc from "fast-check";

import { momentBegin, momentEnd, momentText, nextOpeningText } from "../../../../../fleet/rollout/time/moments";
import { ZONES } from "./clocks";

const BERLIN = "Europe/Berlin";
const NEW_YORK = "America/New_York";

describe("configured moments", () => {
  const cases: [what: string, text: string, zone: string, begin: string, end: string][] = [
    ["a day in UTC", "2026-12-24", "UTC", "2026-12-24T00:00Z", "2026-12-25T00:00Z"],
    ["a minute in UTC", "2026-12-24T18:00", "UTC", "2026-12-24T18:00Z", "2026-12-24T18:00Z"],
    ["a winter's day", "2026-12-24", BERLIN, "2026-12-23T23:00Z", "2026-12-24T23:00Z"],
    ["a summer's minute", "2026-07-01T12:00", BERLIN, "2026-07-01T10:00Z", "2026-07-01T10:00Z"],
    ["a zone of half hours", "2026-07-01T12:00", "Asia/Kolkata", "2026-07-01T06:30Z", "2026-07-01T06:30Z"],
    ["the last day of a year", "2026-12-31", NEW_YORK, "2026-12-31T05:00Z", "2027-01-01T05:00Z"],
    ["a leap day", "2028-02-29", BERLIN, "2028-02-28T23:00Z", "2028-02-29T23:00Z"],
    ["the day before a leap day", "2028-02-28", BERLIN, "2028-02-27T23:00Z", "2028-02-28T23:00Z"],
    ["a day of 23 hours", "2026-03-29", BERLIN, "2026-03-28T23:00Z", "2026-03-29T22:00Z"],
    ["a day of 25 hours", "2026-10-25", BERLIN, "2026-10-24T22:00Z", "2026-10-25T23:00Z"],
    ["the last minute before a gap", "2026-03-29T01:59", BERLIN, "2026-03-29T00:59Z", "2026-03-29T00:59Z"],
    ["the first minute of a gap", "2026-03-29T02:00", BERLIN, "2026-03-29T01:00Z", "2026-03-29T01:00Z"],
    ["a minute in a gap", "2026-03-29T02:30", BERLIN, "2026-03-29T01:00Z", "2026-03-29T01:00Z"],
    ["the first minute after a gap", "2026-03-29T03:00", BERLIN, "2026-03-29T01:00Z", "2026-03-29T01:00Z"],
    ["a minute in New York's gap", "2026-03-08T02:30", NEW_YORK, "2026-03-08T07:00Z", "2026-03-08T07:00Z"],
    ["a minute that comes twice", "2026-10-25T02:30", BERLIN, "2026-10-25T00:30Z", "2026-10-25T01:30Z"],
    ["the first minute that comes twice", "2026-10-25T02:00", BERLIN, "2026-10-25T00:00Z", "2026-10-25T01:00Z"],
    ["the first minute that comes once again", "2026-10-25T03:00", BERLIN, "2026-10-25T02:00Z", "2026-10-25T02:00Z"],
    ["a minute that comes twice in New York", "2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30Z", "2026-11-01T06:30Z"],
    ["a gap of half an hour", "2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30Z", "2026-10-03T15:30Z"],
    ["half an hour twice", "2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45Z", "2026-04-04T15:15Z"],
    ["a day without its first hour", "2026-04-24", "Africa/Cairo", "2026-04-23T22:00Z", "2026-04-24T21:00Z"],
    [
      "the day before a day that begins twice",
      "2026-10-31",
      "America/Havana",
      "2026-10-31T04:00Z",
      "2026-11-01T04:00Z",
    ],
    ["a day that never was", "2011-12-30", "Pacific/Apia", "2011-12-30T10:00Z", "2011-12-30T10:00Z"],
    ["the last day of all", "9999-12-31", "UTC", "9999-12-31T00:00Z", "+010000-01-01T00:00Z"],
  ];
  for (const [what, text, zone, begin, end] of cases) {
    it(`${what}: ${text} ${zone} begins at ${begin} and is over at ${end}`, () => {
      assert.deepEqual(momentBegin(text, zone), new Date(begin));
      assert.deepEqual(momentEnd(text, zone), new Date(end));
    });
  }

  it("are what clocks show then, and every minute that clocks show is found again", () => {
    const years = { min: Date.parse("2020-01-01") / 60_000, max: Date.parse("2035-01-01") / 60_000 };
    fc.assert(
      fc.property(fc.integer(years), fc.constantFrom(...ZONES), (minute, zone) => {
        const instant = new Date(minute * 60_000);
        const shown = instant.toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
        const found = [momentBegin, momentEnd].map((of) => of(shown.replace(" ", "T"), zone));
        assert.ok(
          found.some((moment) => moment.getTime() === instant.getTime()),
          `${shown} ${zone}`,
        );
        assert.ok(found.every((moment) => momentText(moment, zone) === `${shown} ${zone}`));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the text of a moment", () => {
  it("is local time with its zone", () => {
    assert.equal(momentText(new Date("2027-01-02T23:00Z"), BERLIN), "2027-01-03 00:00 Europe/Berlin");
    assert.equal(momentText(new Date("2026-07-01T10:59:59Z"), BERLIN), "2026-07-01 12:59 Europe/Berlin");
  });

  it("begins with the local weekday where something may start", () => {
    const moment = new Date("2026-12-05T01:00Z");
    assert.equal(nextOpeningText(moment, BERLIN), "Sat 2026-12-05 02:00 Europe/Berlin");
    assert.equal(nextOpeningText(moment, NEW_YORK), "Fri 2026-12-04 20:00 America/New_York");
  });
});
