import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseConfig } from "../../../../fleet/config/parse";
import { engineValues } from "./engine-values";
import { referenceKeys } from "./reference-keys";

const PAGE = readFileSync(join(__dirname, "../../../../docs/configuration.md"), "utf8");
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
const blockOf = (start: string) => BLOCKS.find((text) => text.startsWith(start)) ?? "";

const stack = blockOf("# Pulumi.staging.yaml");
const project = blockOf("# Pulumi.yaml");

describe("docs/configuration.md", () => {
  it("shows files that can be used", () => {
    assert.equal(Object.keys(parseConfig(engineValues(stack, project).raw).clusters).length, 2);
  });

  it("shows a rollout that fits the fleet of its stack file", () => {
    const rollout = blockOf("cluster-fleet:upgrades:").replace(/^/gm, "  ").trimEnd();
    const [before = ""] = stack.split("  cluster-fleet:upgrades:");
    const { upgrades } = parseConfig(engineValues(`${before}${rollout}\n`, project).raw);
    assert.deepEqual([upgrades.stages.length, upgrades.windows.length, upgrades.freezes.length], [2, 2, 1]);
  });

  it("tells every key of the rollouts", () => {
    const [, after = ""] = PAGE.split("## Rollouts\n");
    const [section = ""] = after.split("\n## ");
    const names = referenceKeys("upgrades")
      .filter((key) => !key.includes(".selector."))
      .map((key) => key.split(".").at(-1) ?? "");
    const untold = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(section));
    assert.deepEqual(untold, []);
  });
});
