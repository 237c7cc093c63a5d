import assert from "node:assert/strict";

import { ago, arrived, cluster, decided, live, recordTo, underWay } from "./fixtures";

const at = (kubernetes: string) => live({ revision: { kubernetes } });

describe("the way to a target", () => {
  it("of another patch is one step, without the rules for minors", () => {
    const freezes = [{ from: "2026-11-30", to: "2026-12-06", scope: "minor", reason: "sale" }];
    const { of } = decided([cluster("alpha", { live: at("v1.36.1") })], { freezes });
    assert.equal(of("alpha").action, "step");
    assert.deepEqual(of("alpha").declare, { kubernetes: "v1.36.2" });
    assert.deepEqual(of("alpha").rest, []);
    assert.equal(decided([cluster("alpha")], { freezes }).of("alpha").action, "wait");
  });

  it("over several minors takes each in turn, and says which follow", () => {
    const { of } = decided([cluster("alpha", { live: at("v1.33.2") })]);
    assert.equal(of("alpha").reason, "v1.33.2 -> v1.34.9");
    assert.deepEqual(of("alpha").rest, ["v1.35.9", "v1.36.2"]);
    assert.deepEqual(of("alpha").step, {
      from: "v1.33.2",
      to: "v1.34.9",
      started: "2026-12-01T12:00:00.000Z",
    });
  });

  it("says all that is ahead while it waits", () => {
    const alpha = cluster("alpha", { live: at("v1.33.2"), paused: "Cluster API leaves it alone" });
    assert.deepEqual(decided([alpha]).of("alpha").rest, ["v1.34.9", "v1.35.9", "v1.36.2"]);
  });

  it("goes from any patch of a minor to the next, even where the patch passed through is older", () => {
    const alpha = cluster("alpha", { live: at("v1.34.12"), through: (minor) => ({ kubernetes: `v${minor}.0` }) });
    assert.deepEqual(decided([alpha]).of("alpha").declare, { kubernetes: "v1.35.0" });
  });

  it("takes class, machines and base along with the first step", () => {
    const rest = { class: "class-b", machines: "m2", base: "base-2" };
    const alpha = cluster("alpha", {
      live: live({ revision: { kubernetes: "v1.34.9", class: "class-a", machines: "m1", base: "base-1" } }),
      target: { kubernetes: "v1.36.2", ...rest },
      through: (minor) => ({ kubernetes: `v${minor}.9`, ...rest }),
    });
    const { of } = decided([alpha]);
    assert.deepEqual(of("alpha").declare, { kubernetes: "v1.35.9", ...rest });
    assert.equal(of("alpha").reason, "v1.34.9 class-a machines-m1 base-1 -> v1.35.9 class-b machines-m2 base-2");
  });

  it("without a version is one step of the base configuration", () => {
    const alpha = cluster("alpha", { live: live({ revision: { base: "base-1" } }), target: { base: "base-2" } });
    assert.deepEqual(decided([alpha]).lines, ["alpha step: base-1 -> base-2"]);
    const gets = cluster("alpha", { live: live({ revision: {} }), target: { base: "base-2" } });
    assert.deepEqual(decided([gets]).lines, ["alpha step: (none) -> base-2"]);
    const busy = { ...alpha, live: live({ revision: { base: "base-1" }, settled: false, reason: "ScalingUp" }) };
    assert.deepEqual(decided([busy]).lines, ["alpha step: base-1 -> base-2"]);
    const freezes = [{ from: "2026-11-30", to: "2026-12-06", scope: "minor", reason: "sale" }];
    const { action, rest } = decided([alpha], { freezes }).of("alpha");
    assert.deepEqual([action, rest], ["step", []]);
  });

  it("has no next step before the last one is over", () => {
    const moving = underWay("10m", {
      revision: { kubernetes: "v1.35.9" },
      step: recordTo({ kubernetes: "v1.35.9" }, ago("10m")),
    });
    const { of } = decided([cluster("alpha", { live: moving })]);
    assert.equal(of("alpha").action, "moving");
    assert.deepEqual(of("alpha").declare, { kubernetes: "v1.35.9" });
    assert.deepEqual(of("alpha").step, moving.step);
    const away = { ...moving, settled: true, available: false, reason: "Available: no API" };
    assert.deepEqual(decided([cluster("alpha", { live: away })]).lines, ["alpha moving: Available: no API"]);
  });
});

describe("an adopted cluster", () => {
  it("is taken over as it lives, and moved by a later run", () => {
    const foreign = cluster("alpha", { live: live({ ours: false }) });
    const { lines, of } = decided([foreign]);
    assert.deepEqual(lines, ["alpha adopt: is adopted as it lives; a later run may move it"]);
    assert.deepEqual(of("alpha").declare, { kubernetes: "v1.35.4" });
    assert.equal(of("alpha").step, undefined);
    assert.equal(decided([cluster("alpha")]).of("alpha").action, "step");
  });

  it("is taken over even where it is paused, or not settled", () => {
    const foreign = cluster("alpha", { live: live({ ours: false, settled: false }), paused: "audit" });
    assert.equal(decided([foreign]).of("alpha").action, "adopt");
  });

  it("takes nobody's turn", () => {
    const foreign = cluster("alpha", { live: live({ ours: false }) });
    assert.equal(decided([foreign, cluster("beta")]).of("beta").action, "step");
  });
});

describe("a cluster that somebody changed by hand", () => {
  const changed = (revision: object) =>
    live({ revision, step: recordTo({ kubernetes: "v1.35.4", class: "class-a" }, ago("9d")) });

  it("is declared as it lives, and a note says so", () => {
    const target = { kubernetes: "v1.36.2", class: "class-a" };
    const alpha = cluster("alpha", { target, live: changed({ kubernetes: "v1.36.3", class: "class-a" }) });
    const { of, notes } = decided([alpha]);
    assert.equal(of("alpha").action, "ahead");
    assert.deepEqual(notes, [
      "alpha: was changed by somebody else: v1.36.3 lives, and cluster-fleet's last step was to v1.35.4 class-a. " +
        "It is declared as it lives.",
    ]);
  });

  it("goes on from where it is", () => {
    const target = { kubernetes: "v1.36.2", class: "class-a" };
    const alpha = cluster("alpha", { target, live: changed({ kubernetes: "v1.35.6", class: "class-a" }) });
    assert.deepEqual(decided([alpha]).lines, ["alpha step: v1.35.6 -> v1.36.2"]);
  });

  it("is told of where it has no version but a class", () => {
    const { notes } = decided([
      cluster("alpha", { target: { class: "class-b" }, live: changed({ class: "class-b" }) }),
    ]);
    assert.match(notes[0] ?? "", /^alpha: was changed by somebody else: its class lives/);
  });

  it("is none where its last step made what lives, or it never took one", () => {
    const kept = changed({ kubernetes: "v1.35.4", class: "class-a" });
    assert.deepEqual(decided([cluster("alpha", { live: kept })]).notes, []);
    assert.deepEqual(decided([cluster("alpha", { live: arrived("1d") })]).notes, []);
  });
});
