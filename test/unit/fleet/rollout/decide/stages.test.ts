import assert from "node:assert/strict";

import { ago, arrived, cluster, decided, live, twoStages, underWay } from "./fixtures";

const STEP = "v1.35.4 -> v1.36.2";

function canary(alive: ReturnType<typeof live>) {
  return cluster("alpha", { stage: "canary", live: alive });
}

describe("stages", () => {
  const beta = cluster("beta", { stage: "rest" });

  it("start one after the other", () => {
    assert.deepEqual(decided([canary(live()), beta], twoStages()).lines, [
      `alpha step: ${STEP}`,
      "beta wait: stage canary is not through: alpha (has steps to take)",
    ]);
  });

  it("go in the order of the list, not by name", () => {
    const stages = { stages: [{ name: "rest" }, { name: "canary" }] };
    assert.deepEqual(decided([canary(live()), beta], stages).lines, [
      "alpha wait: stage rest is not through: beta (has steps to take)",
      `beta step: ${STEP}`,
    ]);
  });

  it("wait while one before them moves, and say why it is not through", () => {
    const { lines } = decided([canary(underWay("10m")), beta], twoStages());
    assert.deepEqual(lines, [
      "alpha moving: RollingOut: 2 of 3 machines",
      "beta wait: stage canary is not through: alpha (RollingOut: 2 of 3 machines)",
    ]);
  });

  it("wait for a cluster that is not settled even where its conditions do not say why", () => {
    const { lines } = decided([canary(underWay("10m", { reason: "" })), beta], twoStages());
    assert.deepEqual(lines, [
      "alpha moving: is on its way",
      "beta wait: stage canary is not through: alpha (not settled)",
    ]);
  });

  it("wait for the soak of the one before them, and go when it is over", () => {
    const fleet = [canary(arrived("20m")), beta];
    const soaking = decided(fleet, twoStages({ soak: "1h" }));
    assert.equal(soaking.lines[1], "beta wait: stage canary soaks for another 40 min");
    assert.deepEqual(soaking.of("beta").next, new Date("2026-12-01T12:40:00Z"));
    assert.equal(
      decided(fleet, twoStages({ soak: "1h" }), { now: new Date("2026-12-01T12:40:00Z") }).lines[1],
      `beta step: ${STEP}`,
    );
  });

  it("wait until all before them have soaked, not only the first", () => {
    const early = cluster("beta", { stage: "early", live: arrived("20m") });
    const stages = [{ name: "canary", soak: "1h" }, { name: "early", soak: "1d" }, { name: "rest" }];
    const { of } = decided([canary(arrived("20m")), early, cluster("gamma", { stage: "rest" })], { stages });
    assert.equal(of("gamma").reason, "stage canary soaks for another 40 min");
    assert.deepEqual(of("gamma").next, new Date("2026-12-02T11:40:00Z"));
  });

  it("soak from the last of their clusters on", () => {
    const early = cluster("gamma", { stage: "canary", live: arrived("5h") });
    const { lines } = decided([canary(arrived("20m")), beta, early], twoStages({ soak: "1h" }));
    assert.equal(lines[1], "beta wait: stage canary soaks for another 40 min");
  });

  it("soak from the last step on, where it left conditions as they were", () => {
    const alpha = canary(arrived("30d", { step: { from: "v1.35.4", to: "v1.36.2 base-2", started: ago("20m") } }));
    const { lines } = decided([alpha, beta], twoStages({ soak: "1h" }));
    assert.equal(lines[1], "beta wait: stage canary soaks for another 40 min");
  });

  it("name one cluster that is not through, and how many more there are", () => {
    const more = ["gamma", "delta"].map((name) => cluster(name, { stage: "canary" }));
    const { lines } = decided([canary(live()), beta, ...more], twoStages());
    assert.equal(lines[1], "beta wait: stage canary is not through: alpha and 2 more (has steps to take)");
  });

  it("wait for all before them, not only for the last", () => {
    const stages = { stages: [{ name: "canary" }, { name: "middle" }, { name: "rest" }] };
    const middle = cluster("delta", { stage: "middle", live: arrived("2d") });
    assert.equal(
      decided([canary(live()), beta, middle], stages).lines[1],
      "beta wait: stage canary is not through: alpha (has steps to take)",
    );
  });

  it("without a cluster hold nobody", () => {
    const stages = { stages: [{ name: "empty", soak: "7d" }, { name: "rest" }] };
    assert.deepEqual(decided([beta], stages).lines, [`beta step: ${STEP}`]);
  });

  it("wait for a cluster that is only being made", () => {
    const { live: _live, ...alpha } = canary(live());
    assert.deepEqual(decided([alpha, beta], twoStages()).lines, [
      "alpha create: does not live yet",
      "beta wait: stage canary is not through: alpha (is being made)",
    ]);
  });

  it("make their new clusters at once, at their target", () => {
    const { live: _live, ...gamma } = cluster("gamma", { stage: "rest" });
    const { of } = decided([canary(live()), gamma], twoStages());
    assert.deepEqual(of("gamma").declare, { kubernetes: "v1.36.2" });
    assert.equal(of("gamma").nodes, true);
  });

  it("start no cluster that is not settled, and say why", () => {
    const { lines } = decided([cluster("alpha", { live: live({ settled: false, reason: "ScalingUp: 1 of 3" }) })]);
    assert.deepEqual(lines, ["alpha wait: is not settled: ScalingUp: 1 of 3"]);
    const away = cluster("alpha", { live: live({ available: false }) });
    assert.deepEqual(decided([away]).lines, ["alpha wait: is not settled: not available"]);
  });

  it("are not told of where none are declared: all clusters are in one", () => {
    const { stages } = decided([cluster("alpha")]);
    assert.deepEqual(
      stages.map(({ name, clusters }) => [name, clusters]),
      [["all", 1]],
    );
  });

  it("count what is done, moves and has failed", () => {
    const fleet = [
      canary(arrived("2d")),
      cluster("beta", { stage: "canary", live: underWay("10m") }),
      cluster("gamma", { stage: "canary", live: underWay("10h") }),
      cluster("delta", { stage: "canary", skipped: "is being decommissioned" }),
    ];
    const [state] = decided(fleet, twoStages({ maxFailures: 1 })).stages;
    assert.deepEqual(
      { ...state, revision: "" },
      {
        name: "canary",
        revision: "",
        clusters: 4,
        done: 2,
        moving: 1,
        failed: 1,
        halted: false,
        mending: false,
        complete: false,
      },
    );
  });

  it("are complete when the next one may start", () => {
    const complete = (since: string) =>
      decided([canary(arrived(since)), beta], twoStages({ soak: "1h" })).stages.map((stage) => stage.complete);
    assert.deepEqual(complete("59m"), [false, false]);
    assert.deepEqual(complete("60m"), [true, false]);
  });
});

describe("stages that are edited while clusters move", () => {
  const moving = (stage: string) => cluster("alpha", { stage, live: underWay("10m") });
  const waiting = (name: string, stage: string) => cluster(name, { stage });

  it("count a cluster that moves where it is now", () => {
    const fleet = [moving("rest"), waiting("beta", "canary"), waiting("gamma", "rest")];
    assert.deepEqual(decided(fleet, twoStages()).lines, [
      "alpha moving: RollingOut: 2 of 3 machines",
      `beta step: ${STEP}`,
      "gamma wait: stage canary is not through: beta (has steps to take)",
    ]);
    const then = fleet.map((each) => (each.name === "beta" ? { ...each, live: arrived("2d") } : each));
    assert.equal(decided(then, twoStages()).lines[2], "gamma wait: waits for its turn: stage rest moves 1 at a time");
  });

  it("that change places let what moves come to its end, and start in the new order", () => {
    const swapped = { stages: [{ name: "rest" }, { name: "canary" }] };
    const fleet = [moving("canary"), waiting("beta", "canary"), waiting("gamma", "rest")];
    assert.deepEqual(decided(fleet, swapped).lines, [
      "alpha moving: RollingOut: 2 of 3 machines",
      "beta wait: stage rest is not through: gamma (has steps to take)",
      `gamma step: ${STEP}`,
    ]);
  });

  it("that are removed leave their clusters to the stages that take them", () => {
    const fleet = [moving("all"), waiting("beta", "all")];
    assert.deepEqual(decided(fleet).lines, [
      "alpha moving: RollingOut: 2 of 3 machines",
      "beta wait: waits for its turn: stage all moves 1 at a time",
    ]);
  });

  it("judge a step by the time-out of the stage that its cluster is in now", () => {
    const fleet = [cluster("alpha", { stage: "rest", live: underWay("2h") })];
    assert.match(decided(fleet, twoStages({}, { stepTimeout: "1h" })).lines[0] ?? "", /^alpha failed/);
    assert.match(decided(fleet, twoStages({}, { stepTimeout: "3h" })).lines[0] ?? "", /^alpha moving/);
  });
});

describe("a target that changes while a stage moves", () => {
  const A = { kubernetes: "v1.36.2", class: "class-a" };
  const B = { kubernetes: "v1.36.2", class: "class-b" };
  const at = (name: string, revision: typeof A, changes: object = {}) =>
    cluster(name, { target: A, live: live({ revision, ...changes }) });

  it("back to where it was takes back those that went, and leaves the others where they are", () => {
    assert.deepEqual(decided([at("alpha", B), at("beta", A)]).lines, ["alpha step: class-b -> class-a", "beta done"]);
  });

  it("lets a step that is under way come to its end first", () => {
    const step = { from: "v1.36.2 class-a", to: "v1.36.2 class-b", started: ago("10m") };
    const moving = at("alpha", B, { settled: false, reason: "RollingOut", since: ago("9m"), step });
    const { of } = decided([moving, at("beta", A)]);
    assert.equal(of("alpha").action, "moving");
    assert.deepEqual(of("alpha").declare, B);
  });

  it("never makes one that has gone to a newer version go back", () => {
    const { of } = decided([cluster("alpha", { target: { kubernetes: "v1.35.4" }, live: arrived("1d") })]);
    assert.equal(of("alpha").action, "ahead");
    assert.equal(of("alpha").reason, "runs v1.36.2, newer than v1.35.4; versions never go back");
    assert.deepEqual(of("alpha").declare, { kubernetes: "v1.36.2" });
  });

  it("counts one that is ahead as through", () => {
    const ahead = cluster("alpha", {
      stage: "canary",
      target: { kubernetes: "v1.36.1" },
      live: arrived("2d"),
    });
    const { lines } = decided([ahead, cluster("beta", { stage: "rest" })], twoStages());
    assert.equal(lines[1], `beta step: ${STEP}`);
  });
});
