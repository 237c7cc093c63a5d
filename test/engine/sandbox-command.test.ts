import * as assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type SandboxPaths, sandboxPaths } from "../../sandbox/layout";
import { readRecord, type SandboxRecord } from "../../sandbox/management/record";
import { isAlive } from "../../sandbox/process/identity";
import { listProcesses } from "../../sandbox/process/list";
import { eventually } from "./eventually";
import { inOrder } from "./fleets";
import { withSandbox } from "./harness";
import { CLUSTER, LiveObjects } from "./live-objects";
import { type SandboxProcess, SandboxProcesses } from "./sandbox-process";

describe("npm run sandbox, beside another sandbox", function () {
  this.timeout(900_000);
  inOrder();
  const shared = withSandbox();
  let root: string;
  let paths: SandboxPaths;
  let processes: SandboxProcesses;
  let interrupted: SandboxRecord;

  before(() => {
    // Not the prefix of the shared sandboxes: their leftovers are removed by other runs.
    root = mkdtempSync(path.join(os.tmpdir(), "cf-command-"));
    paths = sandboxPaths(root);
    processes = new SandboxProcesses(root);
  });

  after(async () => {
    await processes.remove();
    rmSync(root, { recursive: true, force: true });
  });

  it("exits with 2 and a suggestion at a command that it does not know", async () => {
    assert.deepEqual(await sandbox("statsu").ended, {
      code: 2,
      signal: null,
      output: "Error: Unknown command statsu. Did you mean `status`?\n`npm run sandbox help` lists what there is.\n",
    });
  });

  it("exits with 130 at Ctrl-C in the middle of a start, and what was started keeps running", async () => {
    const start = sandbox();
    await eventually("API server", () => Promise.resolve(assert.ok(record()?.processes["kube-apiserver"])), 20);
    start.child.kill("SIGINT");
    const { code, output } = await start.ended;
    assert.equal(code, 130, output);
    assert.match(
      output,
      /\nStopped\. What has been started keeps running: the same command goes on from here, `npm run sandbox down` removes it\.\n$/,
    );
    interrupted = record()!;
    assert.ok(isAlive(interrupted.processes.etcd!));
  });

  it("goes on from there, and is killed in the middle of the first stack", async () => {
    const start = sandbox();
    await eventually(
      "first stack",
      () => Promise.resolve(assert.match(start.output(), /Stack sandbox-production/)),
      20,
    );
    const live = new LiveObjects(paths.kubeconfig, "production");
    await eventually("first cluster", async () => assert.notDeepEqual(await live.names(CLUSTER), []), 20);
    start.child.kill("SIGKILL");
    assert.equal((await start.ended).signal, "SIGKILL");
    assert.deepEqual(record()!.processes.etcd, interrupted.processes.etcd);
    // It has lost its reader and ends at its next word; until then it may be said to be at work still.
    await eventually("end of the engine", () => Promise.resolve(assert.deepEqual(enginesAtWork(), [])));
  });

  it("completes when it is started again: every cluster is available", async () => {
    const { code, output } = await sandbox().ended;
    assert.equal(code, 0, output);
    for (const cluster of ["prod-us-east-1", "prod-us-west-2", "staging-eu-west-1"]) {
      assert.match(output, new RegExp(`^\\S+ +${cluster} +v1\\.35\\.2 +yes +yes `, "m"));
    }
    assert.deepEqual(record()!.processes.etcd, interrupted.processes.etcd);
  });

  it("changes nothing when it is run once more: the same processes, no resource touched", async () => {
    const before = record();
    const { code, output } = await sandbox().ended;
    assert.equal(code, 0, output);
    assert.deepEqual(record(), before);
    assert.match(output, /^Management cluster: running already on /m);
    assert.match(output, /^Stack sandbox-production: \d+ unchanged \(/m);
    assert.match(output, /^Stack sandbox-staging: \d+ unchanged \(/m);
  });

  it("leaves no process and no file after `down`, and the other sandbox as it was", async () => {
    const before = await shared().observe();
    const { code, output } = await sandbox("down").ended;
    assert.equal(code, 0, output);
    assert.equal(existsSync(root), false);
    assert.deepEqual(processesOfRoot(), []);
    assert.deepEqual((await shared().observe()).clusters.length, before.clusters.length);
  });

  it("has nothing to do in a second `down`", async () => {
    const again = await sandbox("down").ended;
    assert.deepEqual(again, { code: 0, signal: null, output: `There is no sandbox in ${root}.\n` });
  });

  function enginesAtWork(): string[] {
    return processesOfRoot().filter((command) => / up --yes /.test(command));
  }

  function processesOfRoot(): string[] {
    return listProcesses()
      .map(({ command }) => command)
      .filter((command) => command.includes(root));
  }

  function record(): SandboxRecord | undefined {
    return readRecord(paths);
  }

  function sandbox(...args: string[]): SandboxProcess {
    return processes.start(...args);
  }
});
