import assert from "node:assert/strict";

import { type Calendar } from "../../../../../fleet/versions";
import { arrived, cluster, decided, live, underWay } from "./fixtures";

const minor = (name: string, standardEnds: string, extendedEnds?: string) => ({
  minor: name,
  released: "2025-01-01",
  standardEnds,
  ...(extendedEnds === undefined ? {} : { extendedEnds }),
});

/** On the day of the runs EKS' 1.35 has 30 days left and 1.34 none; upstream's 1.35 has 60, and 1.34 none. */
const CALENDAR: Calendar = {
  dated: "2026-11-23",
  kubernetes: [minor("1.34", "2026-10-27"), minor("1.35", "2027-01-30"), minor("1.36", "2027-06-28")],
  eks: [
    minor("1.33", "2025-11-01", "2026-11-30"),
    minor("1.34", "2026-11-01", "2027-11-01"),
    minor("1.35", "2026-12-31", "2027-12-31"),
    minor("1.36", "2027-08-02", "2028-08-02"),
  ],
};

function run(distribution: "eks" | "kubernetes", version: string, rules: object) {
  const alpha = cluster("alpha", {
    distribution,
    target: { kubernetes: "v1.36.0" },
    live: live({ revision: { kubernetes: version } }),
  });
  return decided([alpha], rules, { calendar: CALENDAR });
}

const FROZEN = { freezes: [{ from: "2026-11-30", to: "2027-01-15", reason: "sale" }] };

describe("forceBefore", () => {
  const SHUT = {
    ...FROZEN,
    windows: [{ days: ["Sat"], start: "02:00", duration: "4h" }],
    stages: [{ name: "all", approval: true }],
  };
  const cases: [distribution: "eks" | "kubernetes", version: string, forceBefore: string, goes: boolean][] = [
    ["eks", "v1.35.0", "29d", false],
    ["eks", "v1.35.0", "30d", true],
    ["eks", "v1.34.0", "0m", true],
    ["kubernetes", "v1.35.4", "59d", false],
    ["kubernetes", "v1.35.4", "60d", true],
    ["kubernetes", "v1.33.0", "365d", false],
  ];
  for (const [distribution, version, forceBefore, goes] of cases) {
    const what = goes ? "frees of windows, freezes and approval" : "frees of nothing yet";
    it(`of ${forceBefore} ${what} on ${version} of ${distribution}`, () => {
      const { of } = run(distribution, version, { ...SHUT, forceBefore });
      assert.equal(of("alpha").action, goes ? "step" : "wait");
    });
  }

  it("never frees of the order of stages", () => {
    const rules = { stages: [{ name: "canary" }, { name: "rest" }], forceBefore: "365d" };
    const fleet = [cluster("alpha", { stage: "canary" }), cluster("beta", { stage: "rest" })];
    assert.equal(decided(fleet, rules, { calendar: CALENDAR }).of("beta").action, "wait");
  });
});

describe("the notes of a rollout", () => {
  it("say what a wait on EKS is about to cost", () => {
    assert.deepEqual(run("eks", "v1.35.0", FROZEN).notes, [
      "alpha: while it waits, support of 1.35 ends on 2026-12-31, in 30 days; then EKS takes USD 365 more a month.",
    ]);
  });

  it("say what it costs already", () => {
    assert.deepEqual(run("eks", "v1.34.0", FROZEN).notes, [
      "alpha: every month that it waits on 1.34 costs USD 365 more; EKS upgrades it by itself on 2027-11-01.",
    ]);
  });

  it("say that nobody mends a version any more", () => {
    assert.deepEqual(run("kubernetes", "v1.35.4", FROZEN).notes, [
      "alpha: while it waits, support of 1.35 ends on 2027-01-30, in 60 days; then nobody mends it.",
    ]);
    assert.deepEqual(run("kubernetes", "v1.34.1", FROZEN).notes, [
      "alpha: waits on 1.34, whose support ended on 2026-10-27.",
    ]);
  });

  it("say nothing of a version with more than 60 days, or that no calendar knows", () => {
    const at = (now: string) =>
      decided([cluster("alpha")], FROZEN, { calendar: CALENDAR, now: new Date(now) }).notes.length;
    assert.equal(at("2026-11-30T23:59:00Z"), 0);
    assert.equal(at("2026-12-01T00:00:00Z"), 1);
    assert.deepEqual(run("kubernetes", "v1.33.0", FROZEN).notes, []);
  });

  it("are for those that are held or have failed, not for those that move or are through", () => {
    const old = {
      revision: { kubernetes: "v1.34.0" },
      step: { from: "", to: "v1.34.0", started: "2026-12-01T11:00:00Z" },
    };
    const fleet = [
      cluster("done", { target: { kubernetes: "v1.34.0" }, live: arrived("1d", old) }),
      cluster("failed", { live: underWay("10h", { ...old, terminal: "no quota" }) }),
      cluster("moves", { live: underWay("10m", old) }),
      cluster("paused", { live: arrived("1d", old), paused: "audit" }),
      cluster("skipped", { live: arrived("1d", old), skipped: "is being decommissioned" }),
    ];
    const { notes } = decided(fleet, {}, { calendar: CALENDAR });
    assert.deepEqual(
      notes.map((note) => note.split(":")[0]),
      ["failed", "paused", "skipped"],
    );
  });
});
