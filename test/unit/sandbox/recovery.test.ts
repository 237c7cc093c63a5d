import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { lockOwners, pendingOperations, stackExists } from "../../../sandbox/engine/recovery";
import { sandboxPaths } from "../../../sandbox/layout";
import { straysAmong } from "../../../sandbox/management/strays";
import { temporaryFolder } from "./temporary-folder";

describe("what a killed engine leaves on a stack", () => {
  const folder = temporaryFolder();
  const paths = () => sandboxPaths(folder());
  const put = (file: string, content: unknown) => {
    const whole = path.join(paths().state, ".pulumi", file);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, typeof content === "string" ? content : JSON.stringify(content));
  };
  const lock = (pid: number, hostname: string) =>
    put(`locks/organization/cluster-fleet/one/${pid}.json`, { pid, username: "me", hostname, timestamp: "2026-01-01" });
  const checkpoint = (latest: object) => put("stacks/cluster-fleet/one.json", { version: 3, checkpoint: { latest } });
  const engine = { pid: 7, parent: 1, command: "/tools/pulumi up --yes" };
  const editor = { pid: 7, parent: 1, command: "vim notes" };

  it("is nothing where the stack does not exist", () => {
    assert.equal(stackExists(paths(), "one"), false);
    assert.deepEqual(lockOwners(paths(), "one", [], "here"), { dead: [], alive: [] });
    assert.deepEqual(pendingOperations(paths(), "one"), []);
  });

  it("is a lock whose process has ended", () => {
    lock(7, "here");
    assert.deepEqual(
      lockOwners(paths(), "one", [], "here").dead.map(({ pid }) => pid),
      [7],
    );
  });

  it("is a lock whose pid has been given to another program", () => {
    lock(7, "here");
    assert.deepEqual(lockOwners(paths(), "one", [editor], "here").alive, []);
  });

  it("is not the lock of an engine at work", () => {
    lock(7, "here");
    assert.deepEqual(lockOwners(paths(), "one", [engine], "here").dead, []);
  });

  it("is not a lock from another host, whose engine cannot be seen from here", () => {
    lock(7, "there");
    assert.deepEqual(lockOwners(paths(), "one", [], "here").dead, []);
  });

  it("is not a lock on another stack", () => {
    lock(7, "here");
    assert.deepEqual(lockOwners(paths(), "two", [], "here"), { dead: [], alive: [] });
  });

  it("is the operations that were under way", () => {
    checkpoint({ pending_operations: [{ type: "creating", resource: { urn: "urn:a" } }] });
    assert.equal(stackExists(paths(), "one"), true);
    assert.deepEqual(pendingOperations(paths(), "one"), ["urn:a"]);
  });

  it("is no operation where the last run ended well", () => {
    checkpoint({ resources: [] });
    assert.deepEqual(pendingOperations(paths(), "one"), []);
  });

  it("is a checkpoint that cannot be read, and where its last good version is", () => {
    put("stacks/cluster-fleet/one.json", "{");
    const file = path.join(paths().state, ".pulumi/stacks/cluster-fleet/one.json");
    assert.throws(() => stackExists(paths(), "one"), {
      message: `${file} cannot be read as a Pulumi checkpoint. Its last good version lies beside it, as .bak.`,
    });
  });
});

describe("processes that a sandbox has lost sight of", () => {
  const etcd = { pid: 10, parent: 1, command: "/tools/k/etcd --name=sandbox --data-dir=/a b/.sandbox/etcd" };

  it("are known by program and folder", () => {
    assert.deepEqual(straysAmong([etcd], "/a b/.sandbox", new Set()), [etcd]);
  });

  const others: [string, typeof etcd, string, number[]][] = [
    ["recorded ones", etcd, "/a b/.sandbox", [10]],
    ["those of another sandbox", etcd, "/a b/.sandbox2", []],
    ["those of a folder with a longer name", etcd, "/a b/.sand", []],
    [
      "other programs that mention the folder",
      { ...etcd, command: "less --log=/a b/.sandbox/etcd" },
      "/a b/.sandbox",
      [],
    ],
  ];
  for (const [what, listed, root, recorded] of others) {
    it(`are not ${what}`, () => assert.deepEqual(straysAmong([listed], root, new Set(recorded)), []));
  }
});
