import assert from "node:assert/strict";

import { rolloutOnce } from "../../../../cli/rollout/once";
import { memoryOutput } from "../memory-output";
import {
  clusterStep,
  COMPLETE,
  decision,
  DELETION_OF_B,
  fakeStack,
  HALTED,
  MAY_STEP,
  MOVES,
  STEP_OF_A,
  type Story,
} from "./fake-stack";

async function once(story: Story) {
  const { stack, events } = fakeStack(story);
  const { out, stdout, stderr } = memoryOutput();
  return { code: await rolloutOnce(stack, out), events, stdout: stdout(), stderr: stderr() };
}

describe("fleet rollout --once", () => {
  it("takes the steps that are allowed: 0", async () => {
    const { code, events, stdout } = await once({ looks: [MAY_STEP], previews: [STEP_OF_A] });
    assert.deepEqual([code, events], [0, ["look", "preview", "up"]]);
    assert.match(stdout, /\nAll steps that are allowed now were taken\.\n$/);
  });

  it("does not run where every stage is complete: 0", async () => {
    const { code, events, stdout } = await once({ looks: [COMPLETE] });
    assert.deepEqual([code, events, stdout], [0, ["look", "preview"], "Nothing to do: every stage is complete.\n"]);
  });

  it("does not run where clusters move, or have to wait, and says for what: 3", async () => {
    const moves = await once({ looks: [MOVES] });
    assert.deepEqual([moves.code, moves.events], [3, ["look", "preview"]]);
    assert.match(moves.stdout, /\nNothing may move now\. Waits for the clusters that move\.\n$/);
    const held = decision("a", "wait", { reason: "needs approval: write approved: rev-1 at its stage" });
    const waits = await once({ looks: [{ decisions: [held] }] });
    assert.match(
      waits.stdout,
      /\nNothing may move now\. a is held: needs approval: write approved: rev-1 at its stage\.\n$/,
    );
  });

  it("says when the next may move: 3", async () => {
    const next = new Date("2026-12-05T01:25:00Z");
    const { code, stdout } = await once({ looks: [{ decisions: [decision("a", "wait", { next })] }] });
    assert.equal(code, 3);
    assert.match(stdout, /\nNothing may move now\. Next opening: Sat 2026-12-05 01:25 UTC \(a\)\.\n$/);
  });

  it("names the failure of a stage that is halted: 4", async () => {
    const { code, stdout } = await once({ looks: [HALTED] });
    assert.equal(code, 4);
    assert.match(stdout, /^Stage canary is halted: 1 of 1 clusters failed\.$/m);
  });

  it("refuses where anything else would change, the steps with it: 5", async () => {
    const both = { steps: [clusterStep("a"), clusterStep("b")], decided: [{ cluster: "a", to: "v1.35.2" }] };
    const { code, events, stdout } = await once({ looks: [MAY_STEP], previews: [both] });
    assert.deepEqual([code, events], [5, ["look", "preview"]]);
    assert.ok(
      stdout.endsWith(
        "Nothing was changed, for this is no step of the rollout:\n  update Cluster b: spec.topology.version\n" +
          "Look at it and apply it yourself: pulumi up --policy-pack policy --stack prod\n",
      ),
      stdout,
    );
  });

  it("says of what else would change when that is dangerous, and what lifts the refusal: 5", async () => {
    const both = { steps: [clusterStep("a"), DELETION_OF_B], decided: [{ cluster: "a", to: "v1.35.2" }] };
    const { code, stdout } = await once({ looks: [MAY_STEP], previews: [both] });
    assert.equal(code, 5);
    assert.match(stdout, /^ {2}delete Cluster b$/m);
    assert.match(stdout, /^cluster b would be deleted\. Cluster API deletes its machines/m);
    assert.match(stdout, /^ {4}- \{ object: cluster b, danger: delete, until: YYYY-MM-DD, reason: … \}$/m);
  });

  it("refuses more steps at once than the stack's runs may change clusters: 5", async () => {
    const names = ["a", "b", "c"];
    const steps = {
      steps: names.map((name) => clusterStep(name)),
      decided: names.map((cluster) => ({ cluster, to: "v1.35.2" })),
    };
    const { code, events, stdout } = await once({ looks: [MAY_STEP], previews: [steps] });
    assert.deepEqual([code, events], [5, ["look", "preview"]]);
    assert.match(
      stdout,
      /\nNothing was changed, for the preview gate refuses it:\n\n3 clusters would change at once \(a, b, c\); one run may change 2\.\n/,
    );
  });

  it("does not wait for a lock: 6", async () => {
    const { code, events, stderr } = await once({ looks: [MAY_STEP], previews: [STEP_OF_A], lock: "It is locked." });
    assert.deepEqual([code, events, stderr], [6, ["look", "preview"], "It is locked.\n"]);
  });

  it("fails where the preview or the update does: 1", async () => {
    assert.equal((await once({ looks: [MAY_STEP], previews: [{ failed: "no" }] })).code, 1);
    assert.equal((await once({ looks: [MAY_STEP], previews: [STEP_OF_A], ups: [{ code: 255 }] })).code, 1);
  });
});
