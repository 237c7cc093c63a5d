import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { identify } from "../../../sandbox/process/identity";
import { LockHeld, takeLock } from "../../../sandbox/process/lock";
import { temporaryFolder } from "./temporary-folder";

describe("the lock of a folder", () => {
  const folder = temporaryFolder();
  const file = () => path.join(folder(), "lock");
  const held = (owner: object) => writeFileSync(file(), JSON.stringify(owner));

  it("names its owner while it is held, and goes when it is given back", () => {
    const unlock = takeLock(file());
    assert.equal((JSON.parse(readFileSync(file(), "utf8")) as { pid: number }).pid, process.pid);
    unlock();
    unlock();
    assert.deepEqual(readdirSync(folder()), []);
  });

  it("is refused while its owner lives", () => {
    held({ ...identify(process.ppid), host: os.hostname() });
    assert.throws(() => takeLock(file()), new LockHeld(file(), process.ppid, os.hostname()));
  });

  it("is taken over when its owner has ended, though its pid belongs to another process now", () => {
    held({ pid: process.ppid, started: "before the reboot", host: os.hostname() });
    takeLock(file())();
    assert.equal(existsSync(file()), false);
  });

  it("is never taken from an owner on another host", () => {
    held({ pid: 1, started: "some day", host: "elsewhere" });
    assert.throws(() => takeLock(file()), new LockHeld(file(), 1, "elsewhere"));
  });

  it("is not given back for somebody who took it over", () => {
    const unlock = takeLock(file());
    const other = { pid: 1, started: "now", host: os.hostname() };
    held(other);
    unlock();
    assert.deepEqual(JSON.parse(readFileSync(file(), "utf8")), other);
  });

  it("asks for help where the file is not a lock", () => {
    writeFileSync(file(), "shopping list");
    assert.throws(() => takeLock(file()), {
      message: `${file()} is not a lock file of cluster-fleet. Remove it if nothing runs.`,
    });
  });
});
