import assert from "node:assert/strict";

import { arrived, cluster, decided, live, twoStages } from "./fixtures";

describe("approval", () => {
  const fleet = [cluster("alpha"), cluster("beta")];
  const asked = (stage: object) => ({ stages: [{ name: "all", ...stage }] });
  let revision = "";
  before(() => {
    revision = decided(fleet).stages[0]?.revision ?? "";
  });

  it("keeps a stage until somebody writes its revision", () => {
    const { lines } = decided(fleet, asked({ approval: true }));
    assert.equal(lines[0], `alpha wait: needs approval: write approved: ${revision} at its stage`);
    assert.equal(decided(fleet, asked({ approval: true, approved: revision })).of("alpha").action, "step");
  });

  it("of another revision is none, even where none was asked for", () => {
    const { lines } = decided(fleet, asked({ approved: "rev-0123456789" }));
    assert.equal(
      lines[0],
      `alpha wait: needs approval, not of rev-0123456789: write approved: ${revision} at its stage`,
    );
  });

  it("does not count for another target", () => {
    const others = fleet.map((each) => ({ ...each, target: { kubernetes: "v1.36.3" } }));
    assert.match(decided(others, asked({ approved: revision })).lines[0] ?? "", /^alpha wait: needs approval, not of/);
  });

  it("is kept when a cluster with the same target comes, goes or moves on", () => {
    for (const members of [
      [...fleet, cluster("gamma")],
      fleet.slice(1),
      fleet.map((each) => ({ ...each, live: arrived("1d") })),
    ]) {
      assert.equal(decided(members, asked({})).stages[0]?.revision, revision);
    }
  });

  it("is no matter for clusters that have nothing to do, or are made", () => {
    const { live: _live, ...made } = cluster("gamma");
    const { lines } = decided([cluster("alpha", { live: arrived("1d") }), made], asked({ approval: true }));
    assert.deepEqual(lines, ["alpha done", "gamma create: does not live yet"]);
  });

  it("has no moment at which it comes by itself", () => {
    const rules = { ...asked({ approval: true }), windows: [{ start: "02:00", duration: "4h" }] };
    assert.equal(decided(fleet, rules).of("alpha").next, undefined);
  });
});

describe("startAfter", () => {
  const after = (startAfter: string) => decided([cluster("alpha")], { stages: [{ name: "all", startAfter }] });

  it("keeps a stage until a day, or a moment, of UTC has come", () => {
    assert.equal(after("2026-12-02").lines[0], "alpha wait: its stage starts after 2026-12-02 UTC");
    assert.deepEqual(after("2026-12-02").of("alpha").next, new Date("2026-12-02T00:00:00Z"));
    assert.equal(after("2026-12-01T12:01").of("alpha").action, "wait");
    assert.equal(after("2026-12-01T12:00").of("alpha").action, "step");
    assert.equal(after("2026-12-01").of("alpha").action, "step");
  });

  it("names the first moment within a window after it", () => {
    const rules = {
      stages: [{ name: "all", startAfter: "2026-12-03" }],
      windows: [{ start: "10:00", duration: "6h" }],
    };
    assert.deepEqual(decided([cluster("alpha")], rules).of("alpha").next, new Date("2026-12-03T10:00:00Z"));
  });
});

describe("gates", () => {
  const before = (changes: object = {}, more: object = {}) =>
    cluster("alpha", { stage: "canary", live: arrived("2d", changes), ...more });
  const beta = cluster("beta", { stage: "rest" });
  const behind = (gate: object) => twoStages({}, { gates: [{ name: "load-test", ...gate }] });
  const byCondition = behind({ condition: "LoadTested" });
  const byAnnotation = behind({ annotation: "example.com/load-test" });

  it("with a condition open when every cluster of the stage before has it", () => {
    assert.equal(decided([before(), beta], byCondition).lines[1], "beta wait: gate load-test: alpha is not LoadTested");
    assert.equal(decided([before({ conditions: ["LoadTested"] }), beta], byCondition).of("beta").action, "step");
  });

  it("with an annotation open when it names the revision of the stage before", () => {
    const fleet = [before({ annotations: { "example.com/load-test": "rev-0" } }), beta];
    const { lines, stages } = decided(fleet, byAnnotation);
    const revision = stages[0]?.revision ?? "";
    assert.equal(lines[1], `beta wait: gate load-test: alpha has no annotation example.com/load-test=${revision}`);
    const tested = before({ annotations: { "example.com/load-test": revision } });
    assert.equal(decided([tested, beta], byAnnotation).of("beta").action, "step");
  });

  it("name one cluster, and how many more shut them", () => {
    const others = ["delta", "gamma"].map((name) => ({ ...before(), name }));
    assert.equal(
      decided([before(), beta, ...others], byCondition).of("beta").reason,
      "gate load-test: alpha is not LoadTested and 2 more",
    );
  });

  it("do not ask those that are left out, or do not live", () => {
    const left = before({}, { skipped: "is being decommissioned" });
    assert.equal(decided([left, beta], byCondition).of("beta").action, "step");
    const { live: _live, ...unmade } = before();
    assert.equal(
      decided([unmade, beta], byCondition).of("beta").reason,
      "stage canary is not through: alpha (is being made)",
    );
  });

  it("look at the stage just before, not at earlier ones", () => {
    const stages = [
      { name: "canary" },
      { name: "middle" },
      { name: "rest", gates: [{ name: "smoke", condition: "Smoke" }] },
    ];
    const middle = cluster("delta", { stage: "middle", live: arrived("2d", { conditions: ["Smoke"] }) });
    assert.equal(decided([before(), beta, middle], { stages }).of("beta").action, "step");
  });
});

describe("a cluster that an add-on or its class keeps", () => {
  it("waits with its reason, and is asked for the very next step", () => {
    const asked: unknown[] = [];
    const blocked = (to: unknown) => {
      asked.push(to);
      return "Cilium does not take Kubernetes 1.35";
    };
    const alpha = cluster("alpha", { blocked, live: live({ revision: { kubernetes: "v1.34.1" } }) });
    assert.deepEqual(decided([alpha]).lines, ["alpha wait: Cilium does not take Kubernetes 1.35"]);
    assert.deepEqual(asked, [{ kubernetes: "v1.35.9" }]);
  });

  it("keeps the next stage waiting", () => {
    const alpha = cluster("alpha", { stage: "canary", blocked: () => "its class is published in this run" });
    assert.equal(
      decided([alpha, cluster("beta", { stage: "rest" })], twoStages()).of("beta").reason,
      "stage canary is not through: alpha (has steps to take)",
    );
  });
});
