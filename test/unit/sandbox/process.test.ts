import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { signalGroup, startDetached, stopDetached } from "../../../sandbox/process/detached";
import { identify, isAlive, startFromProc, startFromPs } from "../../../sandbox/process/identity";
import { descendants, listFromProc, listFromPs, listProcesses } from "../../../sandbox/process/list";
import { temporaryFolder } from "./temporary-folder";

const linux = process.platform === "linux";

describe("processes of the sandbox", () => {
  const folder = temporaryFolder();
  const sleeper = () =>
    startDetached({
      binary: process.execPath,
      args: ["-e", "console.log(process.env.GREETING); setTimeout(() => {}, 60000)"],
      env: { GREETING: "hello" },
      log: path.join(folder(), "logs", "sleeper.log"),
    });

  it("knows itself as alive", () => {
    const self = identify(process.pid);
    assert.ok(self);
    assert.equal(isAlive(self), true);
  });

  it("takes a process with the same pid but another start for another process", () => {
    assert.equal(isAlive({ pid: process.pid, started: "long ago" }), false);
  });

  it("never signals a process that was given a recorded pid later", async () => {
    const later = await sleeper();
    try {
      signalGroup({ pid: later.pid, started: "before the reboot" }, "SIGKILL");
      await stopDetached({ pid: later.pid, started: "before the reboot" }, 1_000);
      assert.equal(isAlive(later), true);
    } finally {
      await stopDetached(later, 0);
    }
  });

  it("stops what it started, and writes what that said to its log", async () => {
    const started = await sleeper();
    const log = path.join(folder(), "logs", "sleeper.log");
    while (!readFileSync(log, "utf8").includes("\n")) await new Promise((resolve) => setTimeout(resolve, 10));
    await stopDetached(started, 5_000);
    assert.equal(isAlive(started), false);
    assert.equal(readFileSync(log, "utf8"), "hello\n");
  });

  it("says so when a program cannot be executed", async () => {
    const missing = path.join(folder(), "no-such-program");
    const start = startDetached({ binary: missing, args: [], env: {}, log: path.join(folder(), "log") });
    await assert.rejects(start, { code: "ENOENT" });
  });

  it("does not find a pid that nobody has", () => {
    assert.equal(identify(2 ** 22 + 1), undefined);
  });

  it("leaves itself out of the process list", () => {
    assert.equal(
      listProcesses().some(({ pid }) => pid === process.pid),
      false,
    );
  });

  it("finds children and their children, and nobody else", () => {
    const listed = [
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 1],
    ].map(([pid = 0, parent = 0]) => ({ pid, parent, command: "x" }));
    assert.deepEqual(
      descendants(2, listed).map(({ pid }) => pid),
      [3, 4],
    );
  });

  (linux ? it : it.skip)("reads the same from /proc and from ps", function () {
    assert.match(startFromProc(process.pid) ?? "", /^[0-9a-f-]{36}:\d+$/);
    const fromPs = startFromPs(process.pid);
    if (fromPs === undefined) return this.skip(); // a slim image without ps
    assert.match(fromPs, /^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}$/);
    const own = (list: typeof listFromPs) => list().find(({ pid }) => pid === process.pid);
    assert.deepEqual(own(listFromPs), own(listFromProc));
  });
});
