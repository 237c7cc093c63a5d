import * as assert from "node:assert/strict";

import { engineProcesses, readFromProc, readFromPs, roleOf } from "../../../bench/processes";

describe("bench processes", () => {
  it("knows each process of an engine run by its command line", () => {
    const commands = {
      "/tools/pulumi preview --stack a": "engine",
      "node /home/plugins/language-nodejs-v3/pulumi-language-nodejs 127.0.0.1:1": "language host",
      "/usr/bin/pulumi-language-nodejs -root=/p 127.0.0.1:1": "language host",
      "/usr/bin/node --require x /p/node_modules/@pulumi/pulumi/cmd/run/index.js --monitor m .": "program",
      "/usr/bin/node /p/node_modules/@pulumi/pulumi/cmd/run --monitor m .": "program",
      "/usr/bin/node /p/node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js 127.0.0.1:1 /p/policy": "policy pack",
      "node /home/plugins/resource-kubernetes-v4/pulumi-resource-kubernetes 127.0.0.1:1": "provider",
    };
    for (const [command, role] of Object.entries(commands)) assert.equal(roleOf(command), role, command);
  });

  it("finds the engine among the children of a process and all that is below it, and nothing else", () => {
    const all = [
      { pid: 10, parent: 1, command: "node bench" },
      { pid: 11, parent: 10, command: "/tools/kube-apiserver --x" },
      { pid: 12, parent: 10, command: "/tools/pulumi up" },
      { pid: 13, parent: 12, command: "node pulumi-language-nodejs" },
      { pid: 14, parent: 13, command: "node cmd/run" },
      { pid: 20, parent: 1, command: "/tools/pulumi up" },
      { pid: 21, parent: 20, command: "node somebody-else" },
    ];
    const found = engineProcesses(all, 10, "/tools/pulumi");
    assert.deepEqual(
      found.map(({ pid }) => pid),
      [12, 13, 14],
    );
    assert.deepEqual(engineProcesses(all, 11, "/tools/pulumi"), []);
  });

  it("reads memory and processor time of a process, and leaves out one that has ended", function () {
    if (process.platform !== "linux") this.skip();
    const readings = readFromProc([process.pid, 2 ** 22 + 1]);
    const { residentBytes, peakBytes, cpuSeconds } = readings.get(process.pid) ?? assert.fail("not read");
    assert.equal(readings.size, 1);
    assert.ok(Math.abs(residentBytes - process.memoryUsage.rss()) < 50 * 2 ** 20, String(residentBytes));
    assert.ok(peakBytes >= residentBytes);
    assert.ok(Math.abs(cpuSeconds - process.cpuUsage().user / 1e6) < 60, String(cpuSeconds));
  });

  it("reads the same memory from ps", () => {
    const { residentBytes } = readFromPs([process.pid]).get(process.pid) ?? assert.fail("not read");
    assert.ok(Math.abs(residentBytes - process.memoryUsage.rss()) < 50 * 2 ** 20, String(residentBytes));
  });
});
