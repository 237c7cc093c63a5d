import assert from "node:assert/strict";

import { parseShown, shownText } from "../../../../fleet/rollout/shown";
import { arrived, cluster, decided, nodeGroup, NOW, track } from "./decide/fixtures";

const EKS = { kubernetes: "v1.36.0" };
const FLEET = [
  cluster("alpha"),
  cluster("beta", {
    distribution: "eks",
    target: EKS,
    live: arrived("2d", { revision: EKS, nodeGroups: [nodeGroup({ version: "v1.35.0", behind: true })] }),
  }),
  cluster("gamma", { paused: "audit" }),
];
const ALL_AT_ONCE = { stages: [{ name: "all", maxConcurrency: "100%" }] };
const TRACK = track();

describe("the steps that a preview shows", () => {
  it("are those of clusters, of their node groups and of add-ons, and come back as they were written", () => {
    const rollout = decided(FLEET, ALL_AT_ONCE, { tracks: [TRACK] });
    assert.deepEqual(parseShown(shownText(rollout, NOW)), {
      at: "2026-12-01T12:00:00.000Z",
      steps: [
        { cluster: "alpha", to: "v1.36.2" },
        { cluster: "beta", to: "nodes v1.36.0" },
        { cluster: "add-ons/canary", to: "add-ons-1" },
      ],
    });
  });

  it("are taken by the update after it, in which nothing else changed", () => {
    const rollout = decided(FLEET, ALL_AT_ONCE, { tracks: [TRACK] });
    const { steps } = parseShown(shownText(rollout, NOW));
    const later = decided(FLEET, ALL_AT_ONCE, { tracks: [TRACK], shown: steps, now: new Date(NOW.getTime() + 90_000) });
    const actions = (run: typeof rollout) => [...run.decisions, ...run.addOns].map(({ action }) => action);
    assert.deepEqual(actions(later), actions(rollout));
    assert.deepEqual(actions(later), ["step", "nodes", "paused", "step"]);
  });

  it("are not those that wait", () => {
    const rollout = decided([cluster("alpha")], ALL_AT_ONCE, { tracks: [TRACK], hold: true });
    assert.deepEqual(parseShown(shownText(rollout, NOW)).steps, []);
  });

  it("may be none", () => {
    const { steps } = parseShown(shownText(decided([]), NOW));
    assert.deepEqual(steps, []);
  });

  const refused: [what: string, text: string][] = [
    ["nothing", ""],
    ["no JSON", "{"],
    ["another shape", "[]"],
    ["no moment", '{"at": "today", "steps": []}'],
    ["no steps", '{"at": "2026-12-01T12:00:00.000Z"}'],
    ["a step without a revision", '{"at": "2026-12-01T12:00:00.000Z", "steps": [{"cluster": "alpha"}]}'],
    ["an unknown member", '{"at": "2026-12-01T12:00:00.000Z", "steps": [], "all": true}'],
  ];
  for (const [what, text] of refused) {
    it(`are not read from a text with ${what}`, () => {
      assert.throws(() => parseShown(text), /JSON|expected|Invalid|Unrecognized/i);
    });
  }
});
