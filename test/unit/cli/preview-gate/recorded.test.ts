import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { type GateRules } from "../../../../cli/preview-gate/gate-rules";
import { judge } from "../../../../cli/preview-gate/judge";
import { previewIn, stackOf } from "../../../../cli/preview-gate/read-preview";
import { rules } from "./steps";

const ALL = ["a", "b", "c"];

/** Previews of the real engine, of a fleet of three clusters in the namespace `gated`; without what the gate does not read. */
function recorded(name: string) {
  return previewIn(readFileSync(path.join(__dirname, "recorded", `${name}.json`), "utf8"), name);
}

describe("the preview gate, on what the engine printed", () => {
  const cases: [claim: string, file: string, Partial<GateRules>, dangers: string[], changed: string[]][] = [
    [
      "refuses another name of the management cluster: it replaces the provider and all that hangs on it",
      "management-renamed",
      {},
      [
        "replace provider gated-management-provider, for clusterIdentifier",
        "replace namespace gated, for provider",
        ...["b", "a", "c"].map((name) => `replace cluster ${name}, for provider`),
      ],
      ALL,
    ],
    [
      "refuses another name of the environment: it deletes every cluster",
      "environment-renamed",
      { namespace: "renamed" },
      [
        ...["a", "c", "b"].map((name) => `delete cluster ${name}`),
        "delete namespace gated",
        "delete provider gated-management-provider",
      ],
      ALL,
    ],
    ["passes the first run of a decommission, which marks", "decommission-1", { decommission: ["a"] }, [], ["a"]],
    [
      "passes the second, which deletes, for the list",
      "decommission-2",
      { decommission: ["a"] },
      ["delete cluster a: decommission"],
      ["a"],
    ],
    ["refuses it once the name has left the list", "decommission-2", {}, ["delete cluster a"], ["a"]],
    ["passes the third, which has nothing to do", "decommission-3", { decommission: ["a"] }, [], []],
    ["passes a new class and the old one that the state forgets", "class", {}, [], []],
    ["passes a label on every cluster", "labels", {}, [], ALL],
  ];
  for (const [claim, file, changes, dangers, changed] of cases) {
    it(claim, () => {
      const verdict = judge(recorded(file).steps, rules({ namespace: "gated", ...changes }));
      const said = verdict.dangers.map(({ danger, object, fields, leave }) =>
        [`${danger} ${object}`, ...fields.map((field) => `, for ${field}`), leave && `: ${leave.kind}`].join(""),
      );
      assert.deepEqual([said, verdict.changed], [dangers, changed]);
      assert.equal(verdict.passes, claim.startsWith("passes"));
    });
  }

  it("refuses a label on more clusters than one run may change", () =>
    assert.equal(judge(recorded("labels").steps, rules({ maxClusters: 2 })).passes, false));

  it("knows its stack", () => assert.equal(stackOf(recorded("class")), "gated"));
});
