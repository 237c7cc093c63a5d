import assert from "node:assert/strict";

import { ago, arrived, cluster, decided, live, recordTo, twoStages, underWay } from "./fixtures";

const NAMES = ["c1", "c2", "c3", "c4", "c5", "c6", "c7"];

/** How many of so many clusters go at once. */
function started(total: number, maxConcurrency: number | string, moving = 0): number {
  const fleet = NAMES.slice(0, total).map((name, index) =>
    cluster(name, index < moving ? { live: underWay("10m") } : {}),
  );
  const { decisions } = decided(fleet, { stages: [{ name: "all", maxConcurrency }] });
  return decisions.filter(({ action }) => action === "step").length;
}

describe("maxConcurrency", () => {
  const cases: [written: number | string, total: number, moving: number, starts: number][] = [
    [1, 3, 0, 1],
    [1, 3, 1, 0],
    [2, 3, 1, 1],
    [5, 3, 0, 3],
    ["25%", 7, 0, 1],
    ["25%", 3, 0, 1],
    ["50%", 7, 0, 3],
    ["50%", 7, 2, 1],
    ["100%", 7, 0, 7],
  ];
  for (const [written, total, moving, starts] of cases) {
    it(`${written} of ${total} with ${moving} on their way lets ${starts} start`, () => {
      assert.equal(started(total, written, moving), starts);
    });
  }

  it("is told to those that wait for their turn", () => {
    const { lines } = decided([cluster("c1"), cluster("c2")], { stages: [{ name: "all", maxConcurrency: "50%" }] });
    assert.equal(lines[1], "c2 wait: waits for its turn: stage all moves 50% at a time");
  });

  it("lets the oldest go first, and of the same version by name, numbers as numbers", () => {
    const old = cluster("c9", { live: live({ revision: { kubernetes: "v1.35.1" } }) });
    const turn = (fleet: ReturnType<typeof cluster>[]) =>
      decided(fleet).decisions.find(({ action }) => action === "step")?.cluster;
    assert.equal(turn([cluster("c1"), cluster("c10"), old]), "c9");
    assert.equal(turn([cluster("c10"), cluster("c2")]), "c2");
  });

  it("takes no turn for one that may not go anyway", () => {
    const blocked = cluster("c1", { blocked: () => "Cilium does not take Kubernetes 1.36" });
    assert.deepEqual(decided([blocked, cluster("c2")]).lines, [
      "c1 wait: Cilium does not take Kubernetes 1.36",
      "c2 step: v1.35.4 -> v1.36.2",
    ]);
  });

  it("counts no cluster that is left out", () => {
    const left = cluster("c1", { live: underWay("10m"), skipped: "is being decommissioned" });
    assert.equal(decided([left, cluster("c2")]).of("c2").action, "step");
  });

  it("counts a cluster that somebody else moves for nothing", () => {
    const changed = cluster("c1", {
      live: underWay("10m", { step: recordTo({ kubernetes: "v1.35.4" }, ago("9d")) }),
    });
    assert.equal(decided([changed, cluster("c2")]).of("c2").action, "step");
  });
});

describe("a step that does not come to its end", () => {
  it("has failed once it takes longer than stepTimeout", () => {
    const at = (since: string) => decided([cluster("c1", { live: underWay(since) })]).lines;
    assert.deepEqual(at("240m"), ["c1 moving: RollingOut: 2 of 3 machines"]);
    assert.deepEqual(at("241m"), [
      "c1 failed: has not settled since 2026-12-01T07:59:00.000Z: RollingOut: 2 of 3 machines",
    ]);
  });

  it("has not failed where a cluster of long ago only became unsettled a moment ago", () => {
    const flapped = underWay("9d", { since: ago("10m") });
    assert.equal(decided([cluster("c1", { live: flapped })]).of("c1").action, "moving");
    const longer = underWay("9d", { since: ago("16m") });
    assert.equal(decided([cluster("c1", { live: longer })]).of("c1").action, "failed");
    const justNot = underWay("9d", { since: ago("15m") });
    assert.equal(decided([cluster("c1", { live: justNot })]).of("c1").action, "moving");
  });

  it("has failed as soon as a condition says that it cannot go on", () => {
    const { lines } = decided([cluster("c1", { live: underWay("20m", { terminal: "quota exceeded" }) })]);
    assert.deepEqual(lines, ["c1 failed: cannot go on: quota exceeded"]);
  });

  it("has not failed by what its provider gave up on before it, for a quarter of an hour", () => {
    const at = (since: string) => cluster("c1", { live: underWay(since, { terminal: "quota exceeded" }) });
    assert.equal(decided([at("14m")]).of("c1").action, "moving");
    assert.equal(decided([at("15m")]).of("c1").action, "failed");
  });

  it("needs no record to have failed where a condition says so", () => {
    const { lines } = decided([cluster("c1", { live: live({ settled: false, terminal: "quota exceeded" }) })]);
    assert.deepEqual(lines, ["c1 failed: cannot go on: quota exceeded"]);
  });

  it("has failed without a reason where conditions give none", () => {
    const { lines } = decided([cluster("c1", { live: underWay("241m", { reason: "" }) })]);
    assert.deepEqual(lines, ["c1 failed: has not settled since 2026-12-01T07:59:00.000Z"]);
  });

  it("is no failure where somebody else made what lives", () => {
    const changed = underWay("9d", { step: recordTo({ kubernetes: "v1.35.4" }, ago("9d")) });
    assert.equal(decided([cluster("c1", { live: changed })]).of("c1").action, "done");
  });
});

describe("maxFailures", () => {
  /** What becomes of the last cluster, of so many, where some have failed. */
  function lastOf(total: number, failed: number, maxFailures: number | string): string {
    const fleet = NAMES.slice(0, total).map((name, index) =>
      cluster(name, index < failed ? { live: underWay("10h") } : {}),
    );
    const rules = { stages: [{ name: "all", maxFailures, maxConcurrency: "100%" }] };
    return decided(fleet, rules).lines.at(-1) ?? "";
  }

  const cases: [written: number | string, total: number, failed: number, halts: boolean][] = [
    [0, 3, 0, false],
    [0, 3, 1, true],
    [1, 3, 1, false],
    [1, 3, 2, true],
    ["34%", 3, 1, false],
    ["33%", 3, 1, true],
    ["50%", 7, 3, false],
    ["50%", 7, 4, true],
  ];
  for (const [written, total, failed, halts] of cases) {
    it(`${written} of ${total} with ${failed} failed ${halts ? "halts" : "does not halt"} the stage`, () => {
      const expected = halts ? `wait: stage all is halted: ${failed} failed` : "step: v1.35.4 -> v1.36.2";
      assert.equal(lastOf(total, failed, written), `${NAMES[total - 1]} ${expected}`);
    });
  }

  const failed = (name: string) => cluster(name, { stage: "canary", live: underWay("10h") });
  const well = cluster("c6", { stage: "canary", live: arrived("2d") });
  const last = cluster("c7", { stage: "rest" });

  it("lets the next stage start where no more than that have failed", () => {
    const { lines } = decided([failed("c1"), well, last], twoStages({ maxFailures: 1 }));
    assert.equal(lines[2], "c7 step: v1.35.4 -> v1.36.2");
  });

  it("keeps the next stage waiting where more have failed, and names some", () => {
    const fleet = [...["c1", "c2", "c3", "c4"].map(failed), well, last];
    assert.equal(
      decided(fleet, twoStages()).lines[5],
      "c7 wait: stage canary is halted: 4 failed, 0 may (c1, c2, c3 and 1 more)",
    );
    assert.equal(
      decided([...["c1", "c2", "c3"].map(failed), well, last], twoStages()).lines[4],
      "c7 wait: stage canary is halted: 3 failed, 0 may (c1, c2, c3)",
    );
  });

  it("is a share of those that are not left out", () => {
    const left = cluster("c2", { stage: "canary", skipped: "is being decommissioned" });
    const { stages } = decided([failed("c1"), left, well], twoStages({ maxFailures: "34%" }));
    assert.equal(stages[0]?.halted, true);
  });
});

describe("a cure", () => {
  const broken = { kubernetes: "v1.36.2", class: "class-a" };
  const mended = { kubernetes: "v1.36.2", class: "class-b" };
  const failed = underWay("10h", { revision: broken, step: recordTo(broken, ago("10h")) });

  it("may go although its stage is halted, before all others", () => {
    const fleet = [cluster("c1"), cluster("c2", { target: mended, live: failed })];
    assert.deepEqual(decided(fleet).lines, [
      "c1 wait: stage all is halted: 1 failed",
      "c2 step: mends it: class-a -> class-b",
    ]);
  });

  it("never changes the version", () => {
    const { of } = decided([cluster("c1", { target: { ...mended, kubernetes: "v1.36.4" }, live: failed })]);
    assert.equal(of("c1").action, "failed");
    assert.deepEqual(of("c1").declare, broken);
  });

  it("still waits for its window, its approval and the stages before", () => {
    const fleet = [cluster("c2", { stage: "rest", target: mended, live: failed })];
    const approval = decided(fleet, twoStages({}, { approval: true })).lines[0] ?? "";
    assert.match(approval, /^c2 wait: needs approval: write approved: rev-/);
    const windows = [{ days: ["Sat"], start: "02:00", duration: "4h" }];
    assert.equal(decided(fleet, { ...twoStages(), windows }).lines[0], "c2 wait: no window is open");
  });

  it("is under way afterwards, not failed", () => {
    const cured = underWay("10h", { revision: mended, step: recordTo(mended, ago("1m")) });
    assert.equal(decided([cluster("c1", { target: mended, live: cured })]).of("c1").action, "moving");
  });

  it("lets nothing else start until it has mended what failed, however many may move", () => {
    const step = { ...recordTo(mended, ago("1m")), mends: true } as const;
    const cured = (settled: boolean) => underWay("10h", { revision: mended, settled, step });
    const fleet = (settled: boolean) => [
      cluster("c1", { target: mended, live: cured(settled) }),
      cluster("c2", { target: mended }),
      cluster("c3", { target: mended, live: failed }),
    ];
    const rules = { stages: [{ name: "all", maxConcurrency: 3, maxFailures: 1 }] };
    assert.deepEqual(decided(fleet(false), rules).lines, [
      "c1 moving: RollingOut: 2 of 3 machines",
      "c2 wait: stage all waits until what failed is mended",
      "c3 step: mends it: class-a -> class-b",
    ]);
    assert.equal(decided(fleet(true), rules).of("c2").action, "step");
  });

  it("is told by its record", () => {
    const { of } = decided([cluster("c2", { target: mended, live: failed })]);
    assert.equal(of("c2").step?.mends, true);
    assert.equal(decided([cluster("c1")]).of("c1").step?.mends, undefined);
  });
});
