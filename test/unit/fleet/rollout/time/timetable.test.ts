import assert from "node:assert/strict";

import { type Freeze, type Window } from "../../../../../fleet/config/schema/upgrades";
import { type MayStart, type StepToTime, timetable } from "../../../../../fleet/rollout/time/timetable";

const NIGHT: Window = { start: "02:00", duration: "4h", zone: "UTC" };
const YEAR_END = freeze("2026-12-19", "2027-01-02", { zone: "Europe/Berlin", reason: "end of year" });

function freeze(from: string, to: string, rest: Partial<Freeze> = {}): Freeze {
  return { from, to, zone: "UTC", scope: "all", reason: "audit", ...rest };
}

function ask(rules: { windows?: Window[]; freezes?: Freeze[] }, now: string, step: Partial<StepToTime> = {}): MayStart {
  const { windows = [], freezes = [] } = rules;
  return timetable({ windows, freezes }, new Date(now)).mayStart({
    stage: "prod",
    cluster: "alpha",
    stepMs: 60 * 60_000,
    isMinor: true,
    ignore: {},
    ...step,
  });
}

function hours(count: number): Partial<StepToTime> {
  return { stepMs: count * 3_600_000 };
}

const OPEN = { open: true };

function shut(reason: string, next?: string) {
  return { open: false, reason, ...(next === undefined ? {} : { next: new Date(next) }) };
}

describe("a step may start", () => {
  it("at any time without windows and freezes", () => {
    assert.deepEqual(ask({}, "2026-12-01T12:00Z", hours(1000)), OPEN);
  });

  it("while a window is open, from its first moment on, as long as it ends with the window", () => {
    const none = shut("no window is open", "2026-12-01T02:00Z");
    assert.deepEqual(ask({ windows: [NIGHT] }, "2026-12-01T01:59:59.999Z"), none);
    assert.deepEqual(ask({ windows: [NIGHT] }, "2026-12-01T02:00Z"), OPEN);
    assert.deepEqual(ask({ windows: [NIGHT] }, "2026-12-01T05:00Z"), OPEN);
    assert.deepEqual(
      ask({ windows: [NIGHT] }, "2026-12-01T05:00:00.001Z"),
      shut("the window closes in 59 min, a step takes about 1 h", "2026-12-02T02:00Z"),
    );
    assert.deepEqual(ask({ windows: [NIGHT] }, "2026-12-01T06:00Z"), shut("no window is open", "2026-12-02T02:00Z"));
  });

  it("in a window as long as the step only at its first moment", () => {
    assert.deepEqual(ask({ windows: [NIGHT] }, "2026-12-01T02:00Z", hours(4)), OPEN);
    assert.deepEqual(
      ask({ windows: [NIGHT] }, "2026-12-01T02:20Z", hours(4)),
      shut("the window closes in 3 h 40 min, a step takes about 4 h", "2026-12-02T02:00Z"),
    );
  });

  it("across windows that overlap or touch, not across those with a minute between them", () => {
    const second = (start: string): Window => ({ ...NIGHT, start });
    assert.deepEqual(ask({ windows: [NIGHT, second("04:30")] }, "2026-12-01T03:00Z", hours(5)), OPEN);
    assert.deepEqual(ask({ windows: [second("06:00"), NIGHT] }, "2026-12-01T03:00Z", hours(7)), OPEN);
    assert.deepEqual(
      ask({ windows: [NIGHT, second("06:01")] }, "2026-12-01T05:30Z"),
      shut("the window closes in 30 min, a step takes about 1 h", "2026-12-01T06:01Z"),
    );
  });

  it("for days in a window that opens again before it closes", () => {
    assert.deepEqual(ask({ windows: [{ duration: "1d", zone: "UTC" }] }, "2026-12-01T12:00Z", hours(100)), OPEN);
  });

  it("in a window over a change of the clocks for its elapsed time", () => {
    const windows: Window[] = [{ days: ["Sun"], start: "01:00", duration: "4h", zone: "Europe/Berlin" }];
    assert.deepEqual(ask({ windows }, "2026-03-29T03:00Z"), OPEN);
    assert.deepEqual(
      ask({ windows }, "2026-03-29T03:30Z"),
      shut("the window closes in 30 min, a step takes about 1 h", "2026-04-04T23:00Z"),
    );
  });

  it("by the windows of its stage and those of all stages", () => {
    const windows: Window[] = [
      { ...NIGHT, stages: ["prod"] },
      { ...NIGHT, start: "12:00", stages: ["test"] },
    ];
    assert.deepEqual(ask({ windows }, "2026-12-01T12:00Z", { stage: "test" }), OPEN);
    assert.deepEqual(ask({ windows }, "2026-12-01T12:00Z"), shut("no window is open", "2026-12-02T02:00Z"));
    assert.deepEqual(ask({ windows }, "2026-12-01T20:00Z", { stage: "dev" }), OPEN);
  });

  it("before a freeze begins if it is over by then", () => {
    assert.deepEqual(ask({ freezes: [YEAR_END] }, "2026-12-18T22:00Z"), OPEN);
    assert.deepEqual(
      ask({ freezes: [YEAR_END] }, "2026-12-18T22:20Z"),
      shut("a freeze begins in 40 min, a step takes about 1 h: end of year", "2027-01-02T23:00Z"),
    );
  });

  it("not in a freeze, but from its end on", () => {
    const frozen = shut("frozen until 2027-01-03 00:00 Europe/Berlin: end of year", "2027-01-02T23:00Z");
    assert.deepEqual(ask({ freezes: [YEAR_END] }, "2026-12-18T23:00Z"), frozen);
    assert.deepEqual(ask({ freezes: [YEAR_END] }, "2027-01-02T22:59:59.999Z"), frozen);
    assert.deepEqual(ask({ freezes: [YEAR_END] }, "2027-01-02T23:00Z"), OPEN);
  });

  it("after the last of freezes that overlap, that touch, or that leave too little time between them", () => {
    const freezes = [
      freeze("2026-12-01", "2026-12-05"),
      freeze("2026-12-03", "2026-12-07"),
      freeze("2026-12-08", "2026-12-09"),
    ];
    const close = freeze("2026-12-10T00:30", "2026-12-11");
    assert.deepEqual(
      ask({ freezes }, "2026-12-04T00:00Z"),
      shut("frozen until 2026-12-08 00:00 UTC: audit", "2026-12-10T00:00Z"),
    );
    assert.deepEqual(
      ask({ freezes: [...freezes, close] }, "2026-12-04T00:00Z"),
      shut("frozen until 2026-12-08 00:00 UTC: audit", "2026-12-12T00:00Z"),
    );
  });

  it("after a freeze at the next opening, or at its end where a window is open then", () => {
    const freezes = [freeze("2026-12-01", "2026-12-03T03:00")];
    const reason = "frozen until 2026-12-03 03:00 UTC: audit";
    assert.deepEqual(ask({ windows: [NIGHT], freezes }, "2026-12-01T02:00Z"), shut(reason, "2026-12-03T03:00Z"));
    assert.deepEqual(
      ask({ windows: [NIGHT], freezes }, "2026-12-01T02:00Z", hours(4)),
      shut(reason, "2026-12-04T02:00Z"),
    );
  });

  it("in a freeze that is not for it: of another stage, or for minors alone", () => {
    const freezes = [freeze("2026-12-01", "2026-12-02", { scope: "minor" })];
    assert.equal(ask({ freezes }, "2026-12-01T12:00Z").open, false);
    assert.deepEqual(ask({ freezes }, "2026-12-01T12:00Z", { isMinor: false }), OPEN);
    assert.deepEqual(ask({ freezes: [{ ...YEAR_END, stages: ["test"] }] }, "2026-12-24T12:00Z"), OPEN);
  });

  it("by what is not ignored alone", () => {
    const rules = { windows: [NIGHT], freezes: [YEAR_END] };
    const now = "2026-12-24T12:00Z";
    assert.deepEqual(ask(rules, now, { ignore: { windows: true, freezes: true } }), OPEN);
    assert.deepEqual(ask(rules, now, { ignore: { freezes: true } }), shut("no window is open", "2026-12-25T02:00Z"));
    assert.deepEqual(
      ask(rules, now, { ignore: { windows: true } }),
      shut("frozen until 2027-01-03 00:00 Europe/Berlin: end of year", "2027-01-02T23:00Z"),
    );
  });

  it("the same whatever was asked before", () => {
    const { mayStart } = timetable({ windows: [NIGHT], freezes: [YEAR_END] }, new Date("2026-12-01T05:30Z"));
    const step = { stage: "prod", cluster: "alpha", isMinor: true, ignore: {} };
    for (const stepHours of [1, 100, 0.25, 4, 1, 0.5, 2]) {
      const stepMs = stepHours * 3_600_000;
      const alone = ask({ windows: [NIGHT], freezes: [YEAR_END] }, "2026-12-01T05:30Z", { stepMs });
      assert.deepEqual(mayStart({ ...step, stepMs }), alone);
    }
  });
});

describe("a step that never fits", () => {
  it("is longer than every window", () => {
    assert.deepEqual(
      ask({ windows: [NIGHT, { ...NIGHT, start: "12:00", duration: "1h" }] }, "2026-12-01T08:00Z", hours(6)),
      shut("no window is long enough: a step takes about 6 h, the longest window is open for 4 h"),
    );
  });

  it("does not count an open window by what is left of it", () => {
    assert.deepEqual(
      ask({ windows: [NIGHT] }, "2026-12-01T05:00Z", hours(6)),
      shut("no window is long enough: a step takes about 6 h, the longest window is open for 4 h"),
    );
  });

  it("missed a window that does not come again", () => {
    const windows: Window[] = [{ cron: "0 2 29 2 *", duration: "4h", zone: "UTC" }];
    assert.deepEqual(
      ask({ windows }, "2028-02-29T05:30Z"),
      shut("the window closes in 30 min, a step takes about 1 h, and none is open for longer within 400 days"),
    );
    assert.deepEqual(ask({ windows }, "2028-03-01T05:30Z"), shut("no window opens within 400 days"));
  });

  it("is frozen in every window", () => {
    const rules = { windows: [NIGHT], freezes: [freeze("2026-01-01", "9999-12-31", { reason: "sold" })] };
    assert.deepEqual(
      ask(rules, "2026-12-01T05:30Z"),
      shut("freezes leave no time for a step of about 1 h within 400 days: frozen until +010000-01-01 00:00 UTC: sold"),
    );
  });

  it("has no window long enough between freezes", () => {
    const windows: Window[] = [{ cron: "0 2 24 12 *", duration: "2h", zone: "UTC" }];
    const freezes = [freeze("2026-12-24T03:00", "2026-12-31"), freeze("2027-12-24", "2027-12-31")];
    assert.deepEqual(
      ask({ windows, freezes }, "2026-12-24T02:00Z", hours(2)),
      shut(
        "freezes leave no time for a step of about 2 h within 400 days: a freeze begins in 1 h, a step takes about 2 h: audit",
      ),
    );
  });
});
