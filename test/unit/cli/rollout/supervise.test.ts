import assert from "node:assert/strict";

import { CliError } from "../../../../cli/errors";
import { progressOn } from "../../../../cli/rollout/progress";
import { type Supervision, supervise } from "../../../../cli/rollout/supervise";
import { ManagementClusterError } from "../../../../live/management-client";
import { memoryOutput } from "../memory-output";
import {
  clusterStep,
  COMPLETE,
  decision,
  DELETION_OF_B,
  fakeStack,
  HALTED,
  MAY_STEP,
  MINUTE,
  MOVES,
  NO_CHANGE,
  START,
  STEP_OF_A,
  type Story,
} from "./fake-stack";

async function supervised(story: Story, how: Partial<Supervision> & { terminal?: boolean } = {}) {
  const { stack, interrupts, events, now } = fakeStack(story);
  const { terminal = false, ...others } = how;
  const { out, stdout, stderr } = memoryOutput({ terminal });
  const code = await supervise({
    stack,
    out,
    progress: progressOn(out),
    interrupts,
    pollMs: MINUTE / 2,
    now,
    ...others,
  });
  return { code, events, stdout: stdout(), stderr: stderr() };
}

const GO_ON = "Nothing is lost: a rollout goes on from what lives. Go on with: npm run fleet -- rollout --stack prod\n";
const WINDOW = new Date(START.getTime() + 25 * MINUTE);
const WAITS = { decisions: [decision("a", "wait", { reason: "no window is open", next: WINDOW })] };
const LABEL_OF_B = clusterStep("b", { version: "v1.34.3", controlPlane: { replicas: 3 } });

describe("fleet rollout", () => {
  describe("leads a rollout", () => {
    it("from the first step to the end, with a run for each look that allows steps", async () => {
      const [a, b] = [decision("a", "step"), decision("b", "step")];
      const ofB = { steps: [clusterStep("b")], decided: [{ cluster: "b", to: "v1.35.2" }] };
      const all = { ...COMPLETE, decisions: [decision("a", "done"), decision("b", "done")] };
      const { code, events, stdout } = await supervised({
        looks: [{ decisions: [a, { ...b, action: "wait" }] }, { decisions: [{ ...a, action: "done" }, b] }, all],
        previews: [STEP_OF_A, ofB],
      });
      assert.deepEqual([code, events], [0, ["look", "preview", "up", "look", "preview", "up", "look"]]);
      assert.match(stdout, /Every stage is complete\.\n$/);
    });

    it("looks at every poll while a cluster moves, and says each change once", async () => {
      const { code, events, stdout } = await supervised({
        looks: [MAY_STEP, MOVES, MOVES, COMPLETE],
        previews: [STEP_OF_A],
      });
      assert.deepEqual(
        [code, events],
        [0, ["look", "preview", "up", "look", "sleep 30 s", "look", "sleep 30 s", "look"]],
      );
      assert.deepEqual(stdout.split("\n").slice(-8), [
        "01:00:00Z stage canary (rev-1): 0 of 1 through, 1 moving",
        "01:00:00Z   a (canary): v1.34.3, moving (RollingOut)",
        "01:00:00Z Waits for the clusters that move.",
        "01:01:00Z stage canary (rev-1): 1 of 1 through, complete",
        "01:01:00Z   a (canary): v1.35.2, at its target",
        "01:01:00Z Nothing is left to do.",
        "Every stage is complete.",
        "",
      ]);
    });

    it("sleeps until the next opening and says when that is, but no longer than ten minutes", async () => {
      const { events, stdout } = await supervised({
        looks: [WAITS, WAITS, WAITS, WAITS, MAY_STEP, COMPLETE],
        previews: [NO_CHANGE, STEP_OF_A],
      });
      assert.deepEqual(
        events.filter((event) => event.startsWith("sleep")),
        ["sleep 600 s", "sleep 600 s", "sleep 300 s"],
      );
      assert.equal(stdout.split("Next opening: Sat 2026-12-05 01:25 UTC (a).").length - 1, 1);
    });

    it("publishes a class before any cluster may move", async () => {
      const published = { ...WAITS, publishes: ["in-memory-kubeadm-0a1b2c3d4e"] };
      const { events } = await supervised({ looks: [WAITS, published, COMPLETE], previews: [NO_CHANGE, STEP_OF_A] });
      assert.deepEqual(events.slice(-3), ["preview", "up", "look"]);
    });

    it("does not run where the preview finds nothing to do any more, and looks again later", async () => {
      const { events } = await supervised({
        looks: [WAITS, MAY_STEP, COMPLETE],
        previews: [NO_CHANGE],
      });
      assert.deepEqual(events, ["look", "preview", "look", "preview", "sleep 30 s", "look"]);
    });

    it("reports a look that failed and tries again", async () => {
      const gone = new ManagementClusterError("It does not answer.");
      const { code, stdout } = await supervised({ looks: [MAY_STEP, gone, COMPLETE], previews: [STEP_OF_A] });
      assert.equal(code, 0);
      assert.match(stdout, /^01:00:00Z It does not answer\. It is tried again\.$/m);
    });

    it("draws one block over and over on a terminal", async () => {
      const { stdout } = await supervised(
        { looks: [MAY_STEP, MOVES, MOVES, COMPLETE], previews: [STEP_OF_A] },
        { terminal: true },
      );
      assert.equal(stdout.split("\u001b[4A\u001b[J").length, 3);
    });
  });

  describe("asks once", () => {
    const asked = async (answer: boolean, story: Story) => {
      const questions: string[] = [];
      const confirm = (question: string) => {
        questions.push(question);
        return Promise.resolve(answer);
      };
      return { ...(await supervised(story, { confirm })), questions };
    };

    it("before the first run, for all that follow", async () => {
      const { code, questions } = await asked(true, {
        looks: [MAY_STEP, MAY_STEP, COMPLETE],
        previews: [STEP_OF_A],
      });
      assert.deepEqual([code, questions], [0, ["Start, and go on as further steps become allowed?"]]);
    });

    it("and changes nothing where the answer is no", async () => {
      const { code, events, stdout } = await asked(false, { looks: [MAY_STEP], previews: [STEP_OF_A] });
      assert.deepEqual([code, events], [3, ["look", "preview"]]);
      assert.match(stdout, /\nNothing was changed\.\n$/);
    });

    it("and not at all where there is nothing to do", async () => {
      const { code, questions, stdout } = await asked(false, { looks: [COMPLETE] });
      assert.deepEqual([code, questions, stdout], [0, [], "Nothing to do: every stage is complete.\n"]);
    });

    it("with what the first run changes beside the steps", async () => {
      const both = { steps: [clusterStep("a"), LABEL_OF_B], decided: [{ cluster: "a", to: "v1.35.2" }] };
      const { stdout } = await asked(false, { looks: [MAY_STEP], previews: [both] });
      assert.match(
        stdout,
        /Beside the steps of the rollout, the first run changes:\n {2}update Cluster b: spec\.topology\.controlPlane\n/,
      );
    });
  });

  describe("stops", () => {
    it("with 4 where a stage is halted, and says what to look at", async () => {
      const { code, stdout } = await supervised({ looks: [MAY_STEP, HALTED], previews: [STEP_OF_A] });
      assert.equal(code, 4);
      assert.deepEqual(stdout.split("\n").slice(-7), [
        "Stage canary is halted: 1 of 1 clusters failed.",
        "  a (v1.34.3, as it is for 3 h): cannot go on: no image",
        "    kubectl --namespace production describe cluster a",
        "    kubectl --namespace production get machines --selector cluster.x-k8s.io/cluster-name=a",
        "All that is not in order: npm run fleet -- status --stack prod --not-ready",
        "No further step was started. Mend the clusters, or correct the configuration; then run this again.",
        "",
      ]);
    });

    it("with 4 before it asks, where a stage is halted already", async () => {
      const { code, events } = await supervised({ looks: [HALTED] }, { confirm: () => assert.fail("asked") });
      assert.deepEqual([code, events], [4, ["look", "preview"]]);
    });

    it("with 5 where a later run would change something else, without running it", async () => {
      const other = { steps: [LABEL_OF_B], decided: [] };
      const { code, events, stdout } = await supervised({
        looks: [MAY_STEP, MAY_STEP],
        previews: [STEP_OF_A, other],
      });
      assert.deepEqual([code, events.at(-1)], [5, "preview"]);
      assert.ok(
        stdout.endsWith(
          "Stopped, for the next run would change more than the steps of the rollout:\n" +
            `  update Cluster b: spec.topology.controlPlane\n${GO_ON}`,
        ),
        stdout,
      );
    });

    it("with 5 before it asks, where the first run would destroy something without leave", async () => {
      const both = { steps: [clusterStep("a"), DELETION_OF_B], decided: [{ cluster: "a", to: "v1.35.2" }] };
      const { code, events, stdout } = await supervised(
        { looks: [MAY_STEP], previews: [both] },
        { confirm: () => assert.fail("asked") },
      );
      assert.deepEqual([code, events], [5, ["look", "preview"]]);
      assert.match(
        stdout,
        /\nNothing was changed, for the preview gate refuses the first run:\n\ncluster b would be deleted\. /,
      );
    });

    it("with 5 where a later run would change more clusters at once than may", async () => {
      const names = ["a", "b", "c"];
      const decided = names.map((cluster) => ({ cluster, to: "v1.35.2" }));
      const more = { steps: names.map((name) => clusterStep(name)), decided };
      const { code, events, stdout } = await supervised({ looks: [MAY_STEP, MAY_STEP], previews: [STEP_OF_A, more] });
      assert.deepEqual([code, events.at(-1)], [5, "preview"]);
      assert.match(
        stdout,
        /\nStopped, for the preview gate refuses the next run:\n\n3 clusters would change at once \(a, b, c\); /,
      );
      assert.ok(stdout.endsWith(GO_ON), stdout);
    });

    it("with 5 where the configuration asks for another target than the one agreed to", async () => {
      const other = { decisions: [decision("a", "step", { target: { kubernetes: "v1.36.0" } })] };
      const { code, stdout } = await supervised({ looks: [MAY_STEP, other], previews: [STEP_OF_A] });
      assert.equal(code, 5);
      assert.ok(stdout.endsWith(`asks for something else now:\n  a: v1.35.2 -> v1.36.0\n${GO_ON}`), stdout);
    });

    it("with 6 where the stack is locked, before it previews", async () => {
      const lock = "Stack prod is locked by process 7 on ci (me) since 2026-12-05T00:00:00Z. Wait until that run ends.";
      const { code, events, stderr } = await supervised({ looks: [MAY_STEP], lock });
      assert.deepEqual([code, events, stderr], [6, ["look"], `${lock}\n`]);
    });

    it("with 6 where the engine finds the lock, in its words", async () => {
      const locked = "the stack is currently locked by 1 lock(s).";
      const ups = [{ code: 255, locked }];
      const { code, stderr } = await supervised({ looks: [MAY_STEP], previews: [STEP_OF_A], ups });
      const said = `Stack prod is locked by another run; nothing was changed:\n${locked}\n`;
      assert.deepEqual([code, stderr], [6, said]);
    });

    it("with 1 where the preview or the update fails", async () => {
      const refused = await supervised({ looks: [MAY_STEP], previews: [{ failed: "policy: no" }] });
      assert.deepEqual(
        [refused.code, refused.stderr],
        [1, "pulumi preview failed; nothing was changed:\npolicy: no\n"],
      );
      const failed = await supervised({ looks: [MAY_STEP], previews: [STEP_OF_A], ups: [{ code: 255 }] });
      assert.equal(failed.code, 1);
      assert.match(failed.stderr, /^pulumi up ended with exit code 255; above stands why\./);
    });

    it("with the error of the management cluster where the run failed for that", async () => {
      const gone = new ManagementClusterError("It does not answer.");
      const story = { looks: [MAY_STEP, gone], previews: [STEP_OF_A], ups: [{ code: 255 }] };
      await assert.rejects(supervised(story), gone);
    });

    it("with an error of the first look", async () => {
      await assert.rejects(supervised({ looks: [new CliError("no stack")] }), new CliError("no stack"));
    });

    it("at Ctrl-C between two runs, and says that nothing is lost", async () => {
      const { code, events, stdout } = await supervised({
        looks: [MAY_STEP, MOVES],
        previews: [STEP_OF_A],
        interruptAt: "sleep 30 s",
      });
      assert.deepEqual([code, events.at(-1)], [3, "sleep 30 s"]);
      assert.ok(stdout.endsWith(`Stopped between two runs. ${GO_ON}`), stdout);
    });

    it("at Ctrl-C during a run, once that has ended", async () => {
      const story = { looks: [MAY_STEP], previews: [STEP_OF_A], ups: [{ code: 255 }], interruptAt: "up" };
      const { code, stdout } = await supervised(story);
      assert.equal(code, 3);
      assert.ok(stdout.endsWith(`The run under way was asked to stop. ${GO_ON}`), stdout);
    });

    it("when its time is over, without another run", async () => {
      const { code, events, stdout } = await supervised(
        { looks: [MAY_STEP, MOVES], previews: [STEP_OF_A] },
        { until: new Date(START.getTime() + 0.75 * MINUTE) },
      );
      assert.deepEqual([code, events.slice(-3)], [3, ["sleep 30 s", "look", "sleep 15 s"]]);
      assert.ok(stdout.endsWith(`The time of --until is over. ${GO_ON}`), stdout);
    });
  });
});
