import assert from "node:assert/strict";

import { changes } from "../../../sandbox/commands/stacks";
import { createReport, elapsed } from "../../../sandbox/report";

describe("progress", () => {
  let written = "";
  let now = 0;
  beforeEach(() => {
    written = "";
    now = 0;
  });
  const report = (isTTY: boolean) =>
    createReport({ isTTY, columns: 30, write: (text) => (written += text) }, () => now);

  it("is whole lines without control characters off a terminal", () => {
    const step = report(false).step("Tools");
    step.update("building etcd");
    now = 65_000;
    step.done("built");
    assert.equal(written, "Tools ...\nTools: built (1 min 05 s)\n");
  });

  it("is one line drawn in place on a terminal, no wider than that", () => {
    const step = report(true).step("Tools");
    step.update("building kube-controller-manager");
    step.done("built");
    assert.equal(
      written,
      "\r\u001b[K  Tools (0 s)\r\u001b[K  Tools: building kube-contro\r\u001b[KTools: built (0 s)\n",
    );
  });

  it("leaves nothing on a terminal when an error message follows", () => {
    report(true).step("Tools").abandon();
    assert.equal(written, "\r\u001b[K  Tools (0 s)\r\u001b[K");
  });

  it("tells seconds, and minutes from sixty on", () => {
    assert.deepEqual([400, 59_499, 60_000, 605_000].map(elapsed), ["0 s", "59 s", "1 min 00 s", "10 min 05 s"]);
  });
});

describe("what the engine did", () => {
  it("is told in one line", () => {
    const output =
      "Outputs:\n    a: 1\n\nResources:\n    + 2 created\n    ~ 1 updated\n    14 unchanged\n\nDuration: 9s\n";
    assert.equal(changes(output), "2 created, 1 updated, 14 unchanged");
  });

  it("is told as done where the engine counts nothing", () => {
    assert.equal(changes("Updating (x):\n"), "done");
  });
});
