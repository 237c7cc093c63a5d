import assert from "node:assert/strict";

import * as fc from "fast-check";
import { parse } from "yaml";

import { withSlots } from "../../../../cli/network/write-slots";

const FILE = "Pulumi.production.yaml";

/** The lines of the clusters, before and after; everything above and below has to stay. */
function written(clusters: string, slots: Record<string, number>): string {
  const above = "# Ours.\nconfig:\n    aws:region:   us-west-2   # far west\n\n\n    cluster-fleet:clusters:\n";
  const below = "\n\n# The end";
  const result = withSlots(FILE, above + clusters + below, new Map(Object.entries(slots)));
  assert.ok(result.startsWith(above) && result.endsWith(below));
  return result.slice(above.length, result.length - below.length);
}

describe("slots written into a stack file", () => {
  it("stand below the region, in a map of lines", () => {
    const before = [
      "        a:",
      "            class: aws-eks",
      "            region: us-west-2   # home",
      "            # Big ones.",
      "            workers: {}",
    ];
    assert.equal(
      written(before.join("\n"), { a: 3 }),
      [...before.slice(0, 3), "            network: { slot: 3 }", ...before.slice(3)].join("\n"),
    );
  });

  it("stand below the class where the region comes from another level, and first where both do", () => {
    assert.equal(
      written("        a:\n            class: 'aws-eks'", { a: 3 }),
      "        a:\n            class: 'aws-eks'\n            network: { slot: 3 }",
    );
    assert.equal(
      written("        a:\n            # Big ones.\n            workers: {}", { a: 3 }),
      "        a:\n            # Big ones.\n            network: { slot: 3 }\n            workers: {}",
    );
  });

  it("stand last in a map in braces", () => {
    assert.equal(
      written("        a: {class: aws-eks, region: us-west-2 }", { a: 0 }),
      "        a: {class: aws-eks, region: us-west-2, network: { slot: 0 } }",
    );
    assert.equal(written("        a: {}", { a: 0 }), "        a: { network: { slot: 0 } }");
    assert.equal(
      written("        a: {\n          class: aws-eks, # ours\n          }", { a: 0 }),
      "        a: {\n          class: aws-eks, network: { slot: 0 }, # ours\n          }",
    );
  });

  it("stand first in a network that says something else", () => {
    assert.equal(
      written("        a:\n          network:\n            # Old.\n            zones: [a]", { a: 1 }),
      "        a:\n          network:\n            # Old.\n            slot: 1\n            zones: [a]",
    );
    assert.equal(
      written("        a: { network: {zones: [a]}, region: x }", { a: 1 }),
      "        a: { network: {slot: 1, zones: [a]}, region: x }",
    );
  });

  it("fill what is empty", () => {
    assert.equal(written("        a:   # of base", { a: 1 }), "        a: { network: { slot: 1 } }   # of base");
    assert.equal(
      written("        a:\n          network:\n          region: x", { a: 1 }),
      "        a:\n          network: { slot: 1 }\n          region: x",
    );
  });

  it("go to several clusters at once, under either name of the key, whatever ends the lines", () => {
    const text = "config:\r\n  clusters:\r\n    a:\r\n      region: x\r\n    b: { region: y }\r\n";
    assert.equal(
      withSlots(
        FILE,
        text,
        new Map([
          ["b", 1],
          ["a", 2],
        ]),
      ),
      "config:\r\n  clusters:\r\n    a:\r\n      region: x\r\n      network: { slot: 2 }\r\n    b: { region: y, network: { slot: 1 } }\r\n",
    );
  });

  it("add nothing else to what the file says, however it is written", () => {
    const value = fc.constantFrom(
      "{}",
      "{ region: x }",
      "{region: x, workers: {default: {replicas: 3}} }",
      "{ network: { zones: [x] } }",
      "",
      "\n      region: x # home\n      workers: {}",
      "\n      network:\n        zones: [x]\n        vpc: y",
      "\n\n      # why\n      class: aws-eks\n\n      network: {}",
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const text = `config:\n  cluster-fleet:clusters:\n${values.map((each, index) => `    c${index}: ${each}\n`).join("")}  other: 1\n`;
        const slots = new Map(values.map((_, index) => [`c${index}`, index]));
        type Config = { config: Record<string, Record<string, { network?: { slot?: number } } | null>> };
        const after = (parse(withSlots(FILE, text, slots)) as Config).config["cluster-fleet:clusters"]!;
        values.forEach((_, index) => assert.equal(after[`c${index}`]?.network?.slot, index));
      }),
    );
  });

  const refused: [string, string, string][] = [
    [
      "the file does not hold the cluster",
      "config:\n  cluster-fleet:clusters:\n    b: {}\n",
      "does not hold cluster a, whose values come from --config or an ESC environment",
    ],
    [
      "it holds no clusters",
      "config: {}\n",
      "does not hold cluster a, whose values come from --config or an ESC environment",
    ],
    [
      "the cluster is an alias",
      "config:\n  cluster-fleet:clusters:\n    b: &b {}\n    a: *b\n",
      "cluster a shares its lines with others (an anchor, an alias or a merge), or is no map",
    ],
    [
      "the cluster is an anchor",
      "config:\n  cluster-fleet:clusters:\n    a: &a {}\n    b: *a\n",
      "cluster a shares its lines with others (an anchor, an alias or a merge), or is no map",
    ],
    ["the cluster merges another one", "config:\n  cluster-fleet:clusters:\n    a: { <<: *x }\n", ""],
    [
      "the network is text",
      "config:\n  cluster-fleet:clusters:\n    a: { network: x }\n",
      "cluster a shares its lines with others (an anchor, an alias or a merge), or is no map",
    ],
    ["the file is no YAML", "config: {\n", "cannot be read"],
  ];
  for (const [why, text, message] of refused) {
    it(`are refused where ${why}`, () => {
      assert.throws(
        () => withSlots(FILE, text, new Map([["a", 4]])),
        (error: Error) =>
          error.name === "CliError" &&
          error.message.startsWith(`${FILE}: ${message}`) &&
          error.message.includes("Nothing was written."),
      );
    });
  }
});
