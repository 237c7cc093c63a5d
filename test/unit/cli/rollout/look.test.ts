import assert from "node:assert/strict";

import { lookOf, nextOpening, targetChanges, verdictOf } from "../../../../cli/rollout/look";
import { parsePreview, previewErrors } from "../../../../cli/rollout/previewed";
import { config } from "../../fleet/fixtures";
import { decision, fakeStack, type LookFacts, stage } from "./fake-stack";

const at = (facts: LookFacts) => fakeStack({ looks: [facts] }).stack.look();

describe("a look at a rollout", () => {
  for (const action of ["step", "nodes", "create", "adopt"] as const) {
    it(`has something for a run to do where a cluster is to ${action}`, async () =>
      assert.equal(verdictOf(await at({ decisions: [decision("a", action)] })), "run"));
  }

  for (const action of ["moving", "wait", "paused"] as const) {
    it(`waits where a cluster is ${action}`, async () =>
      assert.equal(verdictOf(await at({ decisions: [decision("a", action)] })), "wait"));
  }

  it("goes on in a halted stage where a step would mend it", async () => {
    const halted = [stage("canary", { halted: true, failed: 1 })];
    assert.equal(verdictOf(await at({ decisions: [decision("a", "step")], stages: halted })), "run");
    assert.equal(verdictOf(await at({ decisions: [decision("a", "wait")], stages: halted })), "halted");
  });

  it("is complete with the last stage", async () => {
    const [first, second] = [stage("canary", { complete: true }), stage("rest")];
    const decisions = [decision("a", "done")];
    assert.equal(verdictOf(await at({ decisions, stages: [first, second] })), "wait");
    assert.equal(verdictOf(await at({ decisions, stages: [first, { ...second, complete: true }] })), "complete");
  });

  it("knows the first opening", async () => {
    const [early, late] = ["2026-12-05T02:00:00Z", "2026-12-12T02:00:00Z"].map((time) => new Date(time));
    const waits = (name: string, next: Date | undefined) => decision(name, "wait", next === undefined ? {} : { next });
    const look = await at({ decisions: [waits("a", undefined), waits("b", late), waits("c", early)] });
    assert.equal(nextOpening(look)?.name, "c");
    assert.equal(nextOpening(await at({ decisions: [waits("a", undefined)] })), undefined);
  });

  it("tells what the configuration asks for other than was agreed to", () => {
    const changes = targetChanges(
      new Map(Object.entries({ a: "v1.35.2", b: "v1.35.2", c: "v1.35.2" })),
      new Map(Object.entries({ a: "v1.35.2", b: "v1.36.0", d: "v1.35.2" })),
    );
    assert.deepEqual(changes, [
      "b: v1.35.2 -> v1.36.0",
      "c: v1.35.2 -> (not declared)",
      "d: (not declared) -> v1.35.2",
    ]);
  });

  it("leaves out what lives in other namespaces", () => {
    const clusters = [{ namespace: "production" }, { namespace: "staging" }];
    const plan = { full: { namespace: "production" }, config: config(), observed: { clusters } };
    assert.deepEqual(lookOf(plan as never).clusters, [{ namespace: "production" }]);
  });
});

describe("the document of a preview", () => {
  it("is none where the engine said something else", () => {
    assert.equal(parsePreview(""), undefined);
    assert.equal(parsePreview('{"steps": 1}'), undefined);
  });

  it("says why it failed, in the engine's words", () => {
    const diagnostics = [
      { message: "Rollout at ...", severity: "info" },
      { message: "error: clusters.a.version: is not a Kubernetes version\n", severity: "error" },
    ];
    const document = parsePreview(JSON.stringify({ steps: [], diagnostics }))!;
    assert.equal(previewErrors(document), "clusters.a.version: is not a Kubernetes version");
  });
});
