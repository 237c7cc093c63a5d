import assert from "node:assert/strict";

import { ago, arrived, cluster, decided, live, twoStages, underWay } from "./fixtures";

const AUDIT = { reason: "audit", until: "2026-12-24" };

describe("a paused cluster", () => {
  const rules = { ...twoStages(), pause: [{ clusters: ["alpha"], ...AUDIT }] };
  const alpha = cluster("alpha", { stage: "canary" });
  const beta = cluster("beta", { stage: "rest" });

  it("stays as it is, says why and until when, and later stages wait for it", () => {
    const { lines, of } = decided([alpha, beta], rules);
    assert.deepEqual(lines, [
      "alpha paused: until 2026-12-24: audit",
      "beta wait: stage canary is not through: alpha (has steps to take)",
    ]);
    assert.deepEqual(of("alpha").declare, { kubernetes: "v1.35.4" });
  });

  it("does not keep those of its own stage", () => {
    const gamma = cluster("gamma", { stage: "canary" });
    assert.equal(decided([alpha, gamma], rules).of("gamma").action, "step");
  });

  it("stays even where it has failed and a step would mend it, or its node groups are behind", () => {
    const failed = cluster("alpha", {
      target: { kubernetes: "v1.36.2", class: "class-b" },
      live: underWay("10h", { revision: { kubernetes: "v1.36.2", class: "class-a" } }),
    });
    const pause = { pause: [{ clusters: ["alpha"], ...AUDIT }] };
    assert.equal(decided([failed], pause).of("alpha").action, "paused");
    const nodeGroups = [{ version: "v1.35.0", ready: true, behind: true }];
    const behind = cluster("alpha", { live: arrived("1d", { nodeGroups }) });
    assert.equal(decided([behind], pause).of("alpha").action, "paused");
    assert.equal(decided([behind], pause).of("alpha").nodes, false);
  });

  it("is done where it has nothing to do", () => {
    assert.equal(decided([{ ...alpha, live: arrived("2d") }, beta], rules).of("alpha").action, "done");
  });

  it("says why in the words of who paused it first", () => {
    const left = { ...alpha, paused: "Cluster API leaves it alone (paused: true)" };
    assert.equal(decided([left, beta], rules).of("alpha").reason, "Cluster API leaves it alone (paused: true)");
  });

  it("goes on when the pause is over, and a note says that it can go", () => {
    const rules = { pause: [{ clusters: ["alpha"], reason: "audit", until: "2026-11-30" }] };
    const { lines, notes } = decided([cluster("alpha")], rules);
    assert.deepEqual(lines, ["alpha step: v1.35.4 -> v1.36.2"]);
    assert.deepEqual(notes, ["cluster-fleet:upgrades.pause[0] has ended and holds nothing any more: remove it."]);
  });

  it("is told of by what lasts longest", () => {
    const pause = [
      { clusters: ["alpha"], ...AUDIT },
      { stages: ["canary"], reason: "move", until: "2027-01-31" },
    ];
    assert.equal(decided([alpha, beta], { ...twoStages(), pause }).of("alpha").reason, "until 2027-01-31: move");
  });
});

describe("a cluster that is left out", () => {
  const rules = { ...twoStages(), skip: [{ stages: ["canary"], ...AUDIT }] };
  const alpha = cluster("alpha", { stage: "canary" });
  const beta = cluster("beta", { stage: "rest" });

  it("stays as it is, and nobody waits for it", () => {
    assert.deepEqual(decided([alpha, beta], rules).lines, [
      "alpha skipped: until 2026-12-24: audit",
      "beta step: v1.35.4 -> v1.36.2",
    ]);
  });

  it("is no failure of its stage", () => {
    const failed = { ...alpha, live: underWay("10h") };
    assert.equal(decided([failed, beta], rules).of("beta").action, "step");
  });

  it("is left out rather than paused where it is both", () => {
    const both = { ...rules, pause: [{ clusters: ["alpha"], ...AUDIT }] };
    assert.equal(decided([alpha, beta], both).of("alpha").action, "skipped");
  });

  it("says why in the words of who left it out first", () => {
    const gone = { ...alpha, skipped: "is being decommissioned" };
    assert.equal(decided([gone, beta], rules).of("alpha").reason, "is being decommissioned");
  });

  it("counts again when that is over, with a note", () => {
    const over = { ...twoStages(), skip: [{ stages: ["canary"], reason: "audit", until: "2026-12-01T12:00" }] };
    const { lines, notes } = decided([alpha, beta], over);
    assert.equal(lines[1], "beta wait: stage canary is not through: alpha (has steps to take)");
    assert.deepEqual(notes, ["cluster-fleet:upgrades.skip[0] has ended and holds nothing any more: remove it."]);
  });
});

describe("a stage that is left out", () => {
  it("keeps no later one waiting for its add-ons", () => {
    const track = { name: "canary", stage: "canary", clusters: ["alpha"], target: "add-ons-0a1b2c3d4e", reason: "" };
    const tracks = [{ ...track, changes: ["Cilium 1.18.1 -> 1.18.2"], ready: false, since: ago("1m") }];
    const skip = [{ stages: ["canary"], reason: "is moved", until: "2026-12-24" }];
    const fleet = [cluster("alpha", { stage: "canary" }), cluster("beta", { stage: "rest" })];
    assert.equal(decided(fleet, { ...twoStages({ soak: "1d" }), skip }, { tracks }).of("beta").action, "step");
  });
});

describe("an override", () => {
  const shut = {
    windows: [{ days: ["Sat"], start: "02:00", duration: "4h" }],
    freezes: [{ from: "2026-11-30", to: "2026-12-06", reason: "sale" }],
  };
  const override = (changes: object) => ({ override: [{ reason: "CVE", until: "2026-12-02", ...changes }] });
  const alpha = cluster("alpha");

  it("frees clusters of windows and freezes where it says nothing else", () => {
    assert.equal(decided([alpha], shut).of("alpha").action, "wait");
    assert.equal(decided([alpha], { ...shut, ...override({}) }).of("alpha").action, "step");
  });

  it("frees only of what it names", () => {
    const windows = decided([alpha], { ...shut, ...override({ ignore: ["windows"] }) });
    assert.equal(windows.lines[0], "alpha wait: frozen until 2026-12-07 00:00 UTC: sale");
    const freezes = decided([alpha], { ...shut, ...override({ ignore: ["freezes"] }) });
    assert.equal(freezes.lines[0], "alpha wait: no window is open");
  });

  it("frees those whom it names, and no other", () => {
    const rules = { ...shut, stages: [{ name: "all", maxConcurrency: 2 }], ...override({ clusters: ["beta"] }) };
    const { of } = decided([alpha, cluster("beta")], rules);
    assert.deepEqual([of("alpha").action, of("beta").action], ["wait", "step"]);
  });

  it("frees of approval", () => {
    const rules = { stages: [{ name: "all", approval: true }], ...override({ ignore: ["approval"] }) };
    assert.equal(decided([alpha], rules).of("alpha").action, "step");
  });

  it("frees of a stage's soak where it names the stage that soaks, or nobody", () => {
    const fleet = [cluster("alpha", { stage: "canary", live: arrived("5m") }), cluster("beta", { stage: "rest" })];
    const of = (changes: object) =>
      decided(fleet, { ...twoStages(), ...override({ ignore: ["soak"], ...changes }) }).of("beta").action;
    assert.equal(of({ stages: ["canary"] }), "step");
    assert.equal(of({}), "step");
    assert.equal(of({ stages: ["rest"] }), "wait");
    assert.equal(of({ clusters: ["alpha"] }), "wait");
  });

  it("never frees of order, pace and failures", () => {
    const ignore = ["windows", "freezes", "soak", "approval"];
    const stages = [{ name: "canary" }, { name: "rest" }];
    const fleet = [
      cluster("alpha", { stage: "canary", live: underWay("10h") }),
      cluster("beta", { stage: "canary" }),
      cluster("gamma", { stage: "rest" }),
    ];
    assert.deepEqual(decided(fleet, { stages, ...override({ ignore }) }).lines.slice(1), [
      "beta wait: stage canary is halted: 1 failed",
      "gamma wait: stage canary is halted: 1 failed, 0 may (alpha)",
    ]);
    const { lines } = decided([alpha, cluster("beta")], override({ ignore }));
    assert.equal(lines[1], "beta wait: waits for its turn: stage all moves 1 at a time");
  });

  it("is over with its last day, and a note says so", () => {
    const { lines, notes } = decided([alpha], { ...shut, ...override({ until: "2026-11-30" }) });
    assert.match(lines[0] ?? "", /^alpha wait: frozen/);
    assert.deepEqual(notes, ["cluster-fleet:upgrades.override[0] has ended and holds nothing any more: remove it."]);
  });
});

describe("a run on hold", () => {
  it("starts nothing, and says what else would start", () => {
    const { lines } = decided([cluster("alpha"), cluster("beta", { live: underWay("5m") })], {}, { hold: true });
    assert.deepEqual(lines, [
      "alpha wait: FLEET_HOLD is set: nothing starts",
      "beta moving: RollingOut: 2 of 3 machines",
    ]);
  });

  it("names what is in the way anyway", () => {
    const alpha = cluster("alpha", { live: live({ settled: false, reason: "ScalingUp" }) });
    assert.deepEqual(decided([alpha], {}, { hold: true }).lines, ["alpha wait: is not settled: ScalingUp"]);
  });
});

describe("an update after its preview", () => {
  const both = { stages: [{ name: "all", maxConcurrency: 2 }] };

  it("takes only the steps that were shown", () => {
    const shown = [{ cluster: "alpha", to: "v1.36.2" }];
    const { lines } = decided([cluster("alpha"), cluster("beta")], both, { shown });
    assert.deepEqual(lines, [
      "alpha step: v1.35.4 -> v1.36.2",
      "beta wait: was not in the preview: the next run may move it",
    ]);
  });

  it("takes no step to another revision than was shown", () => {
    const shown = [{ cluster: "alpha", to: "v1.36.1" }];
    assert.equal(decided([cluster("alpha")], both, { shown }).of("alpha").action, "wait");
  });

  it("still makes new clusters", () => {
    const { live: _live, ...alpha } = cluster("alpha");
    assert.equal(decided([alpha], both, { shown: [] }).of("alpha").action, "create");
  });
});
