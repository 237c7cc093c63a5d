import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";

import { locksOf } from "../../../../cli/doctor/locks";
import { temporaryFolder } from "../../sandbox/temporary-folder";

describe("locks in a file backend", () => {
  const folder = temporaryFolder();
  const url = () => `file://${folder()}?metadata=skip`;
  const since = "2026-11-23T07:00:00Z";

  function lock(stack: string, pid: number, host: string): void {
    const place = path.join(folder(), ".pulumi/locks/organization/cluster-fleet", stack);
    mkdirSync(place, { recursive: true });
    writeFileSync(
      path.join(place, `${pid}.json`),
      JSON.stringify({ pid, username: "me", hostname: host, timestamp: since }),
    );
  }

  it("are none where there is no folder for them", () => assert.deepEqual(locksOf(url(), "s"), []));

  it("are those of the stack, with whether their process lives", () => {
    lock("s", process.pid, hostname());
    lock("s", 2 ** 22 + 1, hostname());
    lock("s", 7, "elsewhere");
    lock("s2", 8, "elsewhere");
    const locks = locksOf(url(), "organization/cluster-fleet/s") ?? [];
    assert.deepEqual(
      [...locks].sort((a, b) => a.pid - b.pid),
      [
        { pid: 7, user: "me", host: "elsewhere", since, alive: undefined },
        { pid: process.pid, user: "me", host: hostname(), since, alive: true },
        { pid: 2 ** 22 + 1, user: "me", host: hostname(), since, alive: false },
      ].sort((a, b) => a.pid - b.pid),
    );
  });

  it("cannot be seen in another backend", () => assert.equal(locksOf("https://app.example", "s"), undefined));
});
