import assert from "node:assert/strict";

import { printRollout } from "../../../../cli/rollout/table";
import { type RolloutReport } from "../../../../fleet/rollout/report";
import { memoryOutput } from "../memory-output";
import { START } from "./fake-stack";

const REPORT: RolloutReport = {
  summary: "1 to move in this run, 1 waiting",
  stages: ["stage canary (rev-1): 0 of 1 through"],
  head: ["CLUSTER", "STAGE", "FROM -> TO", "ACTION", "WHY", "NEXT"],
  rows: [
    ["a", "canary", "v1.34.3 -> v1.35.2", "step", "", ""],
    ["b", "rest", "v1.34.3 -> v1.35.2", "wait", "no window is open", "Sat 2026-12-05 02:00 UTC"],
  ],
  notes: ["b: while it waits, support of 1.34 ends on 2026-12-24, in 19 days; then nobody mends it."],
};

describe("the table of a rollout", () => {
  it("shows why below it, in full", () => {
    const { out, stdout } = memoryOutput();
    printRollout(REPORT, START, out);
    assert.equal(
      stdout(),
      `Rollout at 2026-12-05 01:00 UTC: 1 to move in this run, 1 waiting
  stage canary (rev-1): 0 of 1 through
CLUSTER  STAGE   FROM -> TO          ACTION  NEXT
a        canary  v1.34.3 -> v1.35.2  step
b        rest    v1.34.3 -> v1.35.2  wait    Sat 2026-12-05 02:00 UTC
  b: no window is open
  note: b: while it waits, support of 1.34 ends on 2026-12-24, in 19 days; then nobody mends it.
`,
    );
  });

  it("keeps within a narrow terminal", () => {
    const { out, stdout } = memoryOutput({ columns: 72, terminal: true });
    const change = "v1.34.3 in-memory-kubeadm-005b81503f -> v1.35.2 in-memory-kubeadm-114187fc7c";
    const row = ["prod-us-east-1", "canary", change, "wait", "word ".repeat(40), "Sat 2026-12-05"];
    printRollout({ ...REPORT, rows: [row] }, START, out);
    const [, ...lines] = stdout().split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 72),
      [],
    );
  });
});
