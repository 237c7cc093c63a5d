import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { sandboxPaths, toolsFolder } from "../../../sandbox/layout";
import { readRecord, type SandboxRecord, writeRecord } from "../../../sandbox/management/record";
import { removeSandbox } from "../../../sandbox/management/remove";
import { startDetached, stopDetached } from "../../../sandbox/process/detached";
import { isAlive } from "../../../sandbox/process/identity";
import { temporaryFolder } from "./temporary-folder";

describe("removing a sandbox", () => {
  const folder = temporaryFolder();
  const paths = () => sandboxPaths(path.join(folder(), "sandbox"));
  const sleeper = () =>
    startDetached({
      binary: process.execPath,
      args: ["-e", "setTimeout(() => {}, 60000)"],
      env: {},
      log: path.join(paths().logs, "etcd.log"),
    });
  const record = (etcd: { pid: number; started: string }): SandboxRecord => ({
    format: 1,
    address: "127.1.2.3",
    ports: {} as SandboxRecord["ports"],
    versions: {},
    processes: { etcd: { ...etcd, fingerprint: "x" } },
  });

  it("ends its processes and leaves nothing behind, twice in a row", async () => {
    const etcd = await sleeper();
    writeRecord(paths(), record(etcd));
    assert.deepEqual(await removeSandbox(paths()), []);
    assert.equal(isAlive(etcd), false);
    assert.equal(existsSync(paths().root), false);
    assert.deepEqual(await removeSandbox(paths()), []);
  });

  it("spares a process that was given a recorded pid later", async () => {
    const other = await sleeper();
    try {
      writeRecord(paths(), record({ pid: other.pid, started: "before the reboot" }));
      await removeSandbox(paths());
      assert.equal(isAlive(other), true);
    } finally {
      await stopDetached(other, 0);
    }
  });

  it("works where the record is half written", async () => {
    mkdirSync(paths().etcd, { recursive: true });
    writeFileSync(paths().record, '{"format": 1, "addr');
    assert.equal(readRecord(paths()), undefined);
    assert.deepEqual(await removeSandbox(paths()), []);
    assert.equal(existsSync(paths().root), false);
  });

  it("keeps what no sandbox wrote", async () => {
    mkdirSync(paths().etcd, { recursive: true });
    writeFileSync(path.join(paths().root, "thesis.txt"), "");
    assert.deepEqual(await removeSandbox(paths()), ["thesis.txt"]);
    assert.deepEqual(readdirSync(paths().root), ["thesis.txt"]);
  });
});

describe("the folder of built tools", () => {
  it("is the one that the user names, else in the user's cache", () => {
    assert.equal(toolsFolder({ CLUSTER_FLEET_TOOLS_DIR: "/tools" }), "/tools");
    assert.equal(toolsFolder({ XDG_CACHE_HOME: "/cache" }), "/cache/cluster-fleet/tools");
    assert.match(toolsFolder({}), /\/\.cache\/cluster-fleet\/tools$/);
  });
});
