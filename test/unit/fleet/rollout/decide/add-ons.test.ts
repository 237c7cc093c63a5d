import assert from "node:assert/strict";

import { type RolloutTrack, type TrackDecision } from "../../../../../fleet/rollout/types";
import { ago, arrived, cluster, decided, NOW, twoStages, underWay } from "./fixtures";

/** Add-ons of clusters `alpha` and `beta` that are to become others. */
function track(changes: Partial<RolloutTrack> = {}): RolloutTrack {
  return {
    name: "default",
    stage: "all",
    clusters: ["alpha", "beta"],
    changes: ["cilium 1.18.1 -> 1.18.2", "metrics-server 3.12.1 -> 3.13.0"],
    target: "add-ons-1",
    ready: true,
    since: ago("30d"),
    reason: "",
    ...changes,
  };
}

/** Add-ons that became what was wanted so long ago, and are not everywhere. */
function onTheirWay(since: string, changes: Partial<RolloutTrack> = {}): RolloutTrack {
  return track({ changes: [], ready: false, since: ago(since), ...changes });
}

const DONE = [cluster("alpha", { live: arrived("30d") }), cluster("beta", { live: arrived("30d") })];

function run(
  tracks: readonly RolloutTrack[],
  rules: object = {},
  { fleet = DONE, ...limits }: { readonly fleet?: typeof DONE } & Parameters<typeof decided>[2] = {},
) {
  const { addOns, lines, stages, of } = decided(fleet, rules, { tracks, ...limits });
  return { addOns, lines, stages, of, first: addOns[0]! };
}

function line({ action, reason }: TrackDecision): string {
  return `${action}${reason && `: ${reason}`}`;
}

describe("add-ons of a track", () => {
  it("become what is wanted at once on all clusters of the track", () => {
    const { first } = run([track()]);
    assert.deepEqual(first, {
      track: "default",
      stage: "all",
      action: "step",
      changes: ["cilium 1.18.1 -> 1.18.2", "metrics-server 3.12.1 -> 3.13.0"],
      target: "add-ons-1",
      reason: "",
    });
  });

  it("are done where nothing differs and they are everywhere", () => {
    assert.equal(line(run([track({ changes: [] })]).first), "done");
  });

  it("are under way until they are everywhere, and say why they are not", () => {
    assert.equal(line(run([onTheirWay("10m")]).first), "moving: not everywhere yet");
    assert.equal(
      line(run([onTheirWay("10m", { reason: "cilium: alpha: pulling" })]).first),
      "moving: cilium: alpha: pulling",
    );
  });

  it("have failed once that takes longer than stepTimeout", () => {
    const rules = { stages: [{ name: "all", stepTimeout: "1h" }] };
    assert.equal(line(run([onTheirWay("60m")], rules).first), "moving: not everywhere yet");
    assert.equal(line(run([onTheirWay("61m")], rules).first), "failed: not everywhere yet");
  });

  it("keep nobody waiting for a cluster of the track that is not there to take them, or is left out", () => {
    const away = cluster("beta", { live: arrived("30d", { available: false }) });
    const left = cluster("beta", { live: arrived("30d"), skipped: "is being decommissioned" });
    const { live: _live, ...unmade } = cluster("beta");
    const elsewhere = cluster("gamma", { live: arrived("30d", { available: false }) });
    const alpha = cluster("alpha", { live: arrived("30d") });
    for (const beta of [away, left, unmade]) {
      assert.equal(line(run([onTheirWay("10m")], {}, { fleet: [alpha, beta] }).first), "done");
    }
    assert.equal(run([onTheirWay("10m")], {}, { fleet: [...DONE, elsewhere] }).first.action, "moving");
  });

  it("are listed by track", () => {
    const names = ["b", "c", "a"];
    const { addOns } = run(names.map((name) => track({ name })));
    assert.deepEqual(
      addOns.map((each) => each.track),
      ["a", "b", "c"],
    );
  });
});

describe("add-ons that may not change yet", () => {
  it("wait for what blocks them", () => {
    const blocked = "cilium 1.20.1 takes Kubernetes 1.35 to 1.36; alpha runs v1.34.3";
    const { first } = run([track({ blocked })]);
    assert.equal(line(first), `wait: ${blocked}`);
    assert.equal("next" in first, false);
  });

  it("wait until no cluster of their stage moves", () => {
    const fleet = [cluster("alpha", { live: underWay("10m") }), cluster("beta", { live: arrived("30d") })];
    assert.equal(line(run([track()], {}, { fleet }).first), "wait: waits until nothing else moves in stage all");
  });

  it("wait for the stages before theirs", () => {
    const fleet = [cluster("alpha", { stage: "canary" }), cluster("beta", { stage: "rest", live: arrived("30d") })];
    assert.equal(
      line(run([track({ stage: "rest" })], twoStages(), { fleet }).first),
      "wait: stage canary is not through: alpha (has steps to take)",
    );
  });

  it("wait in a halted stage, whatever else they would mend", () => {
    const fleet = [cluster("alpha", { live: underWay("10h") }), cluster("beta", { live: arrived("30d") })];
    assert.equal(line(run([track()], {}, { fleet }).first), "wait: stage all is halted: 1 failed");
  });

  it("wait for a window of their stage, long enough for charts, and say when it opens", () => {
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h" }];
    const { first } = run([track()], { windows });
    assert.equal(line(first), "wait: no window is open");
    assert.deepEqual(first.next, new Date("2026-12-05T02:00:00Z"));
    const short = [{ start: "12:00", duration: "14m" }];
    assert.match(
      line(run([track()], { windows: short }).first),
      /^wait: the window closes in 14 min, a step takes about 15 min/,
    );
    assert.equal(run([track()], { windows: [{ start: "12:00", duration: "15m" }] }).first.action, "step");
  });

  it("wait in a freeze, but not in one of minors alone", () => {
    const freeze = { from: "2026-11-30", to: "2026-12-06", reason: "sale" };
    assert.equal(line(run([track()], { freezes: [freeze] }).first), "wait: frozen until 2026-12-07 00:00 UTC: sale");
    assert.equal(run([track()], { freezes: [{ ...freeze, scope: "minor" }] }).first.action, "step");
  });

  it("are freed by an override for their stage, not by one for clusters", () => {
    const freezes = [{ from: "2026-11-30", to: "2026-12-06", reason: "sale" }];
    const override = { reason: "CVE", until: "2026-12-02" };
    const goes = (changes: object) => run([track()], { freezes, override: [{ ...override, ...changes }] }).first.action;
    assert.equal(goes({ stages: ["all"] }), "step");
    assert.equal(goes({ clusters: ["alpha"] }), "wait");
    const stages = [{ name: "all", approval: true }];
    assert.match(line(run([track()], { stages }).first), /^wait: needs approval/);
    const approved = { stages, override: [{ ...override, stages: ["all"], ignore: ["approval"] }] };
    assert.equal(run([track()], approved).first.action, "step");
  });

  it("are paused or left out with their stage", () => {
    const hold = { stages: ["all"], reason: "audit", until: "2026-12-24" };
    assert.equal(line(run([track()], { pause: [hold] }).first), "paused: until 2026-12-24: audit");
    assert.equal(line(run([track()], { skip: [hold] }).first), "skipped: until 2026-12-24: audit");
    assert.equal(
      line(run([track()], { skip: [{ ...hold, reason: "moved" }], pause: [hold] }).first),
      "skipped: until 2026-12-24: moved",
    );
    assert.equal(run([track()], { pause: [{ ...hold, stages: undefined, clusters: ["alpha"] }] }).first.action, "step");
  });

  it("wait in a run on hold, and in an update whose preview did not show them", () => {
    assert.equal(line(run([track()], {}, { hold: true }).first), "wait: FLEET_HOLD is set: nothing starts");
    assert.equal(
      line(run([track()], {}, { shown: [] }).first),
      "wait: was not in the preview: the next run may move it",
    );
    const shown = [{ cluster: "add-ons/default", to: "add-ons-1" }];
    assert.equal(run([track()], {}, { shown }).first.action, "step");
    assert.equal(run([track({ target: "add-ons-2" })], {}, { shown }).first.action, "wait");
  });
});

describe("clusters of a track", () => {
  const fleet = [cluster("alpha"), cluster("beta", { live: arrived("30d") })];
  const alpha = (tracks: readonly RolloutTrack[]) => run(tracks, {}, { fleet }).lines[0];

  it("wait for their add-ons, which take the next version of Kubernetes", () => {
    assert.equal(
      alpha([track()]),
      "alpha wait: its add-ons go first: cilium 1.18.1 -> 1.18.2, metrics-server 3.12.1 -> 3.13.0",
    );
    assert.equal(alpha([onTheirWay("10m")]), "alpha wait: its add-ons go first: not everywhere yet");
    assert.equal(
      alpha([onTheirWay("10m", { reason: "cilium: pulling" })]),
      "alpha wait: its add-ons go first: cilium: pulling",
    );
  });

  it("go first where their version is what blocks their add-ons", () => {
    assert.equal(alpha([track({ blocked: "alpha runs v1.35.4" })]), "alpha step: v1.35.4 -> v1.36.2");
  });

  it("do not wait for add-ons of others, or for those that are done", () => {
    assert.equal(alpha([track({ clusters: ["beta"] })]), "alpha step: v1.35.4 -> v1.36.2");
    assert.equal(alpha([track({ changes: [] })]), "alpha step: v1.35.4 -> v1.36.2");
  });
});

describe("the stage of add-ons", () => {
  const rest = cluster("gamma", { stage: "rest" });
  const canary = DONE.map((each) => ({ ...each, stage: "canary" }));
  const gamma = (tracks: readonly RolloutTrack[], settings: object = {}, now = NOW) =>
    run(tracks, twoStages(settings), { fleet: [...canary, rest], now }).of("gamma").reason;

  it("is not through while they are to change or are under way", () => {
    const stage = "canary";
    assert.equal(
      gamma([track({ stage })]),
      "stage canary is not through: its add-ons (cilium 1.18.1 -> 1.18.2, metrics-server 3.12.1 -> 3.13.0)",
    );
    assert.equal(
      gamma([onTheirWay("10m", { stage, reason: "cilium: pulling" })]),
      "stage canary is not through: its add-ons (cilium: pulling)",
    );
    assert.equal(gamma([track({ stage, changes: [] })]), "v1.35.4 -> v1.36.2");
  });

  it("is not through while it is paused before they have changed", () => {
    const pause = [{ stages: ["canary"], reason: "audit", until: "2026-12-24" }];
    const { of } = run([track({ stage: "canary" })], { ...twoStages(), pause }, { fleet: [...canary, rest] });
    assert.match(of("gamma").reason, /^stage canary is not through: its add-ons/);
  });

  it("soaks from when they were everywhere on", () => {
    const soaks = track({ stage: "canary", changes: [], since: ago("20m") });
    assert.equal(gamma([soaks], { soak: "1h" }), "stage canary soaks for another 40 min");
    assert.equal(gamma([{ ...soaks, since: ago("60m") }], { soak: "1h" }), "v1.35.4 -> v1.36.2");
  });

  it("has another revision for other add-ons", () => {
    const revision = (target: string) => run([track({ target })]).stages[0]?.revision;
    assert.equal(revision("add-ons-1"), revision("add-ons-1"));
    assert.notEqual(revision("add-ons-1"), revision("add-ons-2"));
  });
});
