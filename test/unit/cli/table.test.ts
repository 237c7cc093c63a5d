import assert from "node:assert/strict";
import fc from "fast-check";

import { cutMiddle, renderTable } from "../../../cli/table";

describe("renderTable", () => {
  it("keeps a table that fits as it is, without blanks at the end of a line", () => {
    assert.deepEqual(renderTable([["prod-us-west-2", "yes"]], { head: ["CLUSTER", "OK"], columns: 20, cut: [0] }), [
      "CLUSTER         OK",
      "prod-us-west-2  yes",
    ]);
  });

  it("cuts the widest column that may be cut, in the middle of its cells", () => {
    assert.deepEqual(
      renderTable([["production", "prod-us-west-2-blue", "in-memory-kubeadm"]], {
        head: ["NAMESPACE", "CLUSTER", "CLASS"],
        columns: 40,
        cut: [1],
      }),
      ["NAMESPACE   CLUSTER    CLASS", "production  prod…blue  in-memory-kubeadm"],
    );
  });

  it("keeps the width with coloured cells in it", () => {
    const [, line] = renderTable([["a-long-name-indeed", "\u001b[31mno\u001b[39m"]], {
      head: ["CLUSTER", "OK"],
      columns: 16,
      cut: [0],
    });
    assert.equal(line, "a-long…ndeed  \u001b[31mno\u001b[39m");
  });

  it("never makes a line wider than asked for while there is something to cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z-]{0,70}$/), { minLength: 1 }),
        fc.integer({ min: 20 }),
        (names, columns) => {
          const lines = renderTable(
            names.map((name) => [name, "yes"]),
            { head: ["CLUSTER", "OK"], columns, cut: [0] },
          );
          assert.ok(lines.every((line) => line.length <= columns));
        },
      ),
    );
  });
});

describe("cutMiddle", () => {
  for (const [text, width, expected] of [
    ["prod-us-west-2", 14, "prod-us-west-2"],
    ["prod-us-west-2", 9, "prod…st-2"],
    ["prod-us-west-2", 8, "prod…t-2"],
    ["ab", 1, "…"],
  ] as const) {
    it(`makes ${expected} of ${text} in ${width} columns`, () => assert.equal(cutMiddle(text, width), expected));
  }
});
