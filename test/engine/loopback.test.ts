import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import * as path from "node:path";

import { sandboxPaths } from "../../sandbox/layout";
import { PROCESS_NAMES } from "../../sandbox/management/names";
import { readRecord } from "../../sandbox/management/record";
import { withSandbox } from "./harness";

/** `0100007F:4A38` in /proc/net/tcp: the address as one little-endian number, then the port. */
const LISTENING = "0A";

(process.platform === "linux" ? describe : describe.skip)("the sandbox on the network", () => {
  const sandbox = withSandbox();

  it("listens on its own loopback address and nowhere else", () => {
    const { address, processes } = readRecord(sandboxPaths(path.dirname(sandbox().kubeconfig)))!;
    assert.match(address, /^127\./);
    for (const name of PROCESS_NAMES) {
      const addresses = listeningAddresses(processes[name]!.pid);
      assert.deepEqual([...addresses], [address], name);
    }
  });
});

/** The addresses that a process listens on. */
function listeningAddresses(pid: number): Set<string> {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  const addresses = ["tcp", "tcp6"].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTENING && sockets.has(fields[9] ?? ""))
      .map((fields) => addressOf(fields[1] ?? "")),
  );
  return new Set(addresses);
}

function addressOf(field: string): string {
  const hexadecimal = field.split(":")[0] ?? "";
  if (hexadecimal.length !== 8) return `IPv6 ${hexadecimal}`;
  return [...Buffer.from(hexadecimal, "hex").reverse()].join(".");
}
