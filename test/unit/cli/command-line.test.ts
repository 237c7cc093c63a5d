import assert from "node:assert/strict";

import { defineCommand } from "../../../cli/command";
import { commandName, parseCommandLine } from "../../../cli/command-line";
import { UsageError } from "../../../cli/errors";

const sample = defineCommand({
  name: "sample",
  summary: "for tests",
  positionals: [
    { name: "CLUSTER", summary: "a cluster" },
    { name: "PATH", summary: "a path", optional: true },
  ],
  options: {
    wide: { type: "flag", summary: "cut nothing" },
    output: { type: "text", value: "FILE", short: "o", summary: "a file" },
    watch: { type: "text", value: "SECONDS", bare: "2", short: "w", summary: "again and again" },
    level: { type: "text", value: "LEVEL", choices: ["base", "overlay"], summary: "a level" },
  },
  run: () => Promise.resolve(0),
});

describe("the command line", () => {
  for (const [line, positionals, values] of [
    ["sample a", ["a"], {}],
    ["sample a b.c", ["a", "b.c"], {}],
    ["--stack s sample a --wide", ["a"], { stack: "s", wide: true }],
    ["sample -s s a -o=f", ["a"], { stack: "s", output: "=f" }],
    ["sample a --output=f", ["a"], { output: "f" }],
    ["sample --watch a", ["a"], { watch: "2" }],
    ["sample --watch 5 a", ["a"], { watch: "5" }],
    ["sample a -w", ["a"], { watch: "2" }],
    ["sample -w 5 a", ["a"], { watch: "5" }],
    ["sample --watch=7 a", ["a"], { watch: "7" }],
    ["sample a --watch --json", ["a"], { watch: "2", json: true }],
    ["sample --level base a", ["a"], { level: "base" }],
    ["sample -- -a", ["-a"], {}],
    ["sample --help", [], { help: true }],
  ] as const) {
    it(`reads: ${line}`, () => {
      const words = line.split(" ");
      assert.equal(commandName(words), "sample");
      const parsed = parseCommandLine(words, sample);
      assert.deepEqual({ ...parsed.values }, values);
      assert.deepEqual(parsed.positionals, positionals);
    });
  }

  for (const [line, message] of [
    ["sample", "sample needs CLUSTER, a cluster. Write sample CLUSTER [PATH]."],
    ["sample a b c", "sample takes CLUSTER [PATH] only (got c). Remove it."],
    ["sample a --wdie", "sample has no option --wdie. Did you mean --wide?"],
    ["sample a -x", "sample has no option -x. Remove it, or see which there are."],
    ["sample a --constructor", "sample has no option --constructor. Remove it, or see which there are."],
    ["sample a --wide=yes", "--wide takes no value (got yes). Leave the value out."],
    ["sample a --output", "--output needs a value. Write --output FILE."],
    ["sample a --output --wide", "--output needs a value. Write --output FILE."],
    ["sample a --output=", "--output needs a value. Write --output FILE."],
    ["sample a --level overlya", "--level: overlya is not known. Did you mean overlay?"],
    ["sample a --level zzz", "--level: zzz is not known. Write one of: base, overlay."],
  ] as const) {
    it(`refuses: ${line}`, () => {
      assert.throws(() => parseCommandLine(line.split(" "), sample), new UsageError(message));
    });
  }
});
