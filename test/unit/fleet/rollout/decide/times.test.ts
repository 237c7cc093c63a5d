import assert from "node:assert/strict";

import { cluster, decided } from "./fixtures";

const alpha = cluster("alpha");

describe("time for a step", () => {
  it("is in a window, and the first moment of the next is named", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h", zone: "Europe/Berlin" }];
    const { lines, of } = decided([alpha], { windows });
    assert.deepEqual(lines, ["alpha wait: no window is open"]);
    assert.deepEqual(of("alpha").next, new Date("2026-12-05T01:00:00Z"));
    assert.equal(decided([alpha], { windows }, { now: new Date("2026-12-05T01:00:00Z") }).of("alpha").action, "step");
  });

  it("is long enough for the whole step", () => {
    const windows = [{ days: ["Tue"], start: "10:00", duration: "4h" }];
    const at = (time: string) => decided([alpha], { windows }, { now: new Date(`2026-12-01T${time}:00Z`) }).lines[0];
    assert.equal(at("13:00"), "alpha step: v1.35.4 -> v1.36.2");
    assert.equal(at("13:01"), "alpha wait: the window closes in 59 min, a step takes about 1 h");
  });

  it("is not said to be short of a freeze that only comes later", () => {
    const windows = [{ days: ["Tue", "Sat"], start: "10:00", duration: "4h" }];
    const rules = { windows, freezes: [{ from: "2026-12-24", to: "2027-01-03", reason: "holidays" }] };
    const at = (moment: string) => decided([alpha], rules, { now: new Date(moment) }).lines[0];
    assert.equal(at("2026-12-02T12:00:00Z"), "alpha wait: no window is open");
    assert.equal(at("2026-12-01T13:30:00Z"), "alpha wait: the window closes in 30 min, a step takes about 1 h");
  });

  it("counts the stage's stepDuration rather than the estimate", () => {
    const rules = {
      stages: [{ name: "all", stepDuration: "2h" }],
      windows: [{ days: ["Tue"], start: "10:00", duration: "4h" }],
    };
    assert.equal(decided([alpha], rules, { now: new Date("2026-12-01T12:01:00Z") }).of("alpha").action, "wait");
    assert.equal(decided([alpha], rules).of("alpha").action, "step");
  });

  it("is never where no window is as long as the step, and says so", () => {
    const { lines, of } = decided([alpha], { windows: [{ start: "02:00", duration: "30m" }] });
    assert.deepEqual(lines, [
      "alpha wait: no window is long enough: a step takes about 1 h, the longest window is open for 30 min",
    ]);
    assert.equal(of("alpha").next, undefined);
  });

  it("is for stages by their own windows", () => {
    const rules = {
      stages: [{ name: "canary", soak: "0m" }, { name: "rest" }],
      windows: [
        { start: "11:00", duration: "4h", stages: ["canary"] },
        { start: "22:00", duration: "4h", stages: ["rest"] },
      ],
    };
    const at = (stage: string) => decided([cluster("alpha", { stage })], rules).of("alpha").action;
    assert.deepEqual([at("canary"), at("rest")], ["step", "wait"]);
  });

  it("begins after the last of freezes that overlap", () => {
    const freezes = [
      { from: "2026-11-28", to: "2026-12-02", reason: "sale" },
      { from: "2026-12-01", to: "2026-12-04", reason: "move" },
      { from: "2026-12-05T00:00", to: "2026-12-05T06:00", reason: "test" },
    ];
    const { lines, of } = decided([alpha], { freezes });
    assert.deepEqual(lines, ["alpha wait: frozen until 2026-12-05 00:00 UTC: move"]);
    assert.deepEqual(of("alpha").next, new Date("2026-12-05T06:00:00Z"));
  });

  it("ends before a freeze begins", () => {
    const freezes = [{ from: "2026-12-01T12:30", to: "2026-12-03", reason: "sale" }];
    assert.deepEqual(decided([alpha], { freezes }).lines, [
      "alpha wait: a freeze begins in 30 min, a step takes about 1 h: sale",
    ]);
  });

  it("is the same local time before and after clocks change", () => {
    const windows = [{ start: "02:30", duration: "2h", zone: "Europe/Berlin" }];
    const at = (now: string) => decided([alpha], { windows }, { now: new Date(now) }).of("alpha");
    assert.deepEqual(at("2026-10-24T12:00:00Z").next, new Date("2026-10-25T00:30:00Z"));
    assert.deepEqual(at("2026-10-25T12:00:00Z").next, new Date("2026-10-26T01:30:00Z"));
    assert.equal(at("2026-10-25T01:30:00Z").action, "step");
    assert.equal(at("2026-10-25T01:31:00Z").action, "wait");
    assert.deepEqual(at("2027-03-27T12:00:00Z").next, new Date("2027-03-28T01:00:00Z"));
  });
});

describe("the moment at which a cluster may go on", () => {
  const stages = [{ name: "canary", soak: "12h" }, { name: "rest" }];
  const arrivedAt = (since: string) => {
    const base = cluster("alpha", { stage: "canary" });
    return {
      ...base,
      live: { ...base.live, revision: { kubernetes: "v1.36.2" }, since } as NonNullable<typeof base.live>,
    };
  };
  const beta = cluster("beta", { stage: "rest" });

  it("is in a window that is open after the soak, not in one before", () => {
    const windows = [{ start: "18:00", duration: "4h" }];
    const { of } = decided([arrivedAt("2026-12-01T11:00:00Z"), beta], { stages, windows });
    assert.equal(of("beta").reason, "stage canary soaks for another 11 h");
    assert.deepEqual(of("beta").next, new Date("2026-12-02T18:00:00Z"));
  });

  it("heeds an override only as long as that lasts", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h" }];
    const of = (until: string) =>
      decided([arrivedAt("2026-12-01T11:00:00Z"), beta], {
        stages,
        windows,
        override: [{ ignore: ["windows"], reason: "CVE", until }],
      }).of("beta").next;
    assert.deepEqual(of("2026-12-02"), new Date("2026-12-01T23:00:00Z"));
    assert.deepEqual(of("2026-12-01T20:00"), new Date("2026-12-05T02:00:00Z"));
  });

  it("is not named where more than time stands in the way", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h" }];
    assert.equal(
      decided([cluster("alpha", { stage: "canary" }), beta], { stages, windows }).of("beta").next,
      undefined,
    );
  });
});
