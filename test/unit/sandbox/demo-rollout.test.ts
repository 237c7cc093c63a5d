import assert from "node:assert/strict";

import { parseConfig } from "../../../fleet/config/parse";
import { STAGE } from "../../../fleet/labels";
import { type ObservedCluster } from "../../../fleet/observed";
import { stepAnnotations } from "../../../fleet/rollout/step-record";
import { type Act, nextAct } from "../../../sandbox/demo/rollout";
import { storyText } from "../../../sandbox/demo/rollout-words";
import { rawStackFile } from "../../golden/raw-stack";
import { liveCluster } from "../fleet/fixtures";

describe("the demo of a rollout", () => {
  const still = { settled: true, available: true, deleting: false };
  const [before, after] = [
    { ...still, version: "v1.34.3" },
    { ...still, version: "v1.35.2" },
  ];
  const moving = { ...after, settled: false };
  const left: [string, Act, Partial<ObservedCluster>[]][] = [
    ["nothing", "begin", []],
    ["a cluster that was made before a Ctrl-C", "begin", [before]],
    ["a fleet that has not moved yet", "begin", [before, before]],
    ["a rollout in the middle", "go on", [after, before]],
    ["a rollout in its last step", "go on", [after, moving]],
    ["a complete one, kept", "begin anew", [after, after]],
    ["one that is half removed", "begin anew", [after]],
    ["one whose clusters are being deleted", "begin anew", [after, { ...before, deleting: true }]],
  ];
  for (const [what, act, clusters] of left) {
    it(`that finds ${what}: ${act}`, () => {
      const live = clusters.map((changes, index) => liveCluster({ name: `c-${index}`, ...changes }));
      assert.equal(nextAct(live, ["c-0", "c-1"]), act);
    });
  }

  it("tells when each stage moved, in the order of the clusters' names", () => {
    const member = (name: string, stage: string, from: string, to: string) =>
      liveCluster({
        name,
        labels: { [STAGE]: stage },
        annotations: stepAnnotations({ from: "", to: "", started: `2026-12-05T${from}.123Z` }),
        since: `2026-12-05T${to}Z`,
      });
    const clusters = [
      member("canary-1", "canary", "10:00:00", "10:00:20"),
      member("early-1", "early", "10:02:05", "10:02:40"),
      member("early-2", "early", "10:02:04", "10:02:30"),
    ];
    assert.equal(
      storyText(clusters),
      "What happened (UTC):\n" +
        "  canary  10:00:00 to 10:00:20  canary-1\n" +
        "  early   10:02:04 to 10:02:40  early-1, early-2",
    );
  });

  it("has a stack file with six clusters in three stages, none of which waits for long", () => {
    const { clusters, upgrades } = parseConfig(rawStackFile("sandbox/demo/rollout.yaml"));
    const stages = upgrades.stages.map(({ name, soak }) => {
      const members = Object.values(clusters).filter(({ stage }) => stage === name);
      return [name, members.length, soak];
    });
    assert.deepEqual(stages, [
      ["canary", 1, "1m"],
      ["early", 2, "0m"],
      ["rest", 3, "0m"],
    ]);
  });
});
