import assert from "node:assert/strict";

import { type Selector } from "../../../fleet/config/schema/fleet";
import { selects } from "../../../fleet/selectors";
import { stagesOf } from "../../../fleet/stages";

const LABELS = { tier: "canary", team: "a" };

describe("a selector", () => {
  const cases: [string, Selector, boolean][] = [
    ["takes equal labels", { matchLabels: { tier: "canary" } }, true],
    ["passes over another value", { matchLabels: { tier: "rest" } }, false],
    ["passes over a missing label", { matchLabels: { wave: "1" } }, false],
    ["needs all of its labels", { matchLabels: { tier: "canary", team: "b" } }, false],
    ["In takes one of the values", expression("tier", "In", ["rest", "canary"]), true],
    ["In passes over a missing label", expression("wave", "In", ["1"]), false],
    ["NotIn passes over one of the values", expression("tier", "NotIn", ["canary"]), false],
    ["NotIn takes a missing label, as Kubernetes does", expression("wave", "NotIn", ["1"]), true],
    ["Exists takes any value", expression("tier", "Exists"), true],
    ["Exists passes over a missing label", expression("wave", "Exists"), false],
    ["DoesNotExist takes a missing label", expression("wave", "DoesNotExist"), true],
    ["DoesNotExist passes over any value", expression("tier", "DoesNotExist"), false],
    ["needs labels and expressions", { matchLabels: { tier: "canary" }, ...expression("team", "In", ["b"]) }, false],
  ];
  for (const [title, selector, expected] of cases) {
    it(title, () => assert.equal(selects(selector, LABELS), expected));
  }

  function expression(key: string, operator: "In" | "NotIn" | "Exists" | "DoesNotExist", values?: string[]): Selector {
    return { matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }] };
  }
});

describe("the stages of a cluster", () => {
  const groups = { canaries: { matchLabels: { tier: "canary" } } };
  const stages = [
    { name: "canary", group: "canaries" },
    { name: "team-a", selector: { matchLabels: { team: "a" } } },
    { name: "by-name" },
  ];

  it("are all whose group or selector takes it", () => {
    assert.deepEqual(stagesOf({ labels: LABELS }, stages, groups), ["canary", "team-a"]);
    assert.deepEqual(stagesOf({ labels: { tier: "rest" } }, stages, groups), []);
  });

  it("are the one that it names, whatever its labels", () => {
    assert.deepEqual(stagesOf({ stage: "by-name", labels: LABELS }, stages, groups), ["by-name"]);
  });
});
