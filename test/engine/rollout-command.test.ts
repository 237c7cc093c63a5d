import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { PROJECT } from "../../sandbox/engine/recovery";
import { sandboxPaths } from "../../sandbox/layout";

import { cluster, fleetConfig, inOrder, settled, succeeded } from "./fleets";
import { withSandbox } from "./harness";
import { type TestStack } from "./test-stack";

const ENVIRONMENT = "rolled";

/** Two stages, of one cluster and of two. */
function fleet(version: string, more: object = {}): Record<string, unknown> {
  const member = (wave: string) => ({ ...cluster({ workers: 0 }), version, labels: { wave, ...more } });
  const stage = (name: string) => ({ name, selector: { matchLabels: { wave: name } }, soak: "0m", maxConcurrency: 2 });
  return fleetConfig(
    ENVIRONMENT,
    { "canary-1": member("canary"), "rest-1": member("rest"), "rest-2": member("rest") },
    {
      "cluster-fleet:versions": {
        kubernetes: { "1.34": { standardEnds: "2999-01-01" }, "1.35": { standardEnds: "2999-01-02" } },
      },
      "cluster-fleet:upgrades": {
        stages: [stage("canary"), stage("rest")],
        freezes: [{ from: "2998-12-20", to: "2998-12-31", zone: "Europe/Berlin", reason: "holidays" }],
      },
    },
  );
}

describe("fleet rollout, beside a real management cluster", function () {
  this.timeout(600_000);
  inOrder();
  const sandbox = withSandbox();
  let stack: TestStack;

  before("a fleet in v1.34", async () => {
    stack = sandbox().stack(ENVIRONMENT, fleet("v1.34.3"));
    succeeded(await stack.up());
    await settled(sandbox(), ENVIRONMENT, ["canary-1", "rest-1", "rest-2"]);
  });

  const rollout = (...args: string[]) =>
    sandbox().fleet("rollout", ...args, "--stack", ENVIRONMENT, "--config-file", stack.configFile);

  it("asks nobody where there is nobody: without --yes nothing is done", async () => {
    const { code, stderr } = await rollout();
    const message = "Nobody can be asked here. Add --yes to start at once, or --once for one run of a job.\n";
    assert.deepEqual([code, stderr], [1, message]);
  });

  it("has nothing to do where every stage is complete: --once exits with 0", async () => {
    const { code, stdout, stderr } = await rollout("--once");
    assert.deepEqual([code, stdout], [0, "Nothing to do: every stage is complete.\n"], stderr);
  });

  it("refuses in --once what is no step of a rollout, and changes nothing: 5", async () => {
    stack.configure(fleet("v1.35.2", { team: "shop" }));
    const { code, stdout, stderr } = await rollout("--once");
    assert.equal(code, 5, stdout + stderr);
    const others = stdout.split("\n").filter((line) => line.startsWith("  update "));
    const change = (name: string) => `  update Cluster ${name}: metadata.labels.team`;
    assert.deepEqual(others.sort(), ["canary-1", "rest-1", "rest-2"].map(change));
    assert.deepEqual(await versions(), ["v1.34.3", "v1.34.3", "v1.34.3"]);
  });

  it("names who left the stack locked, and the remedy: 6", async () => {
    stack.configure(fleet("v1.35.2"));
    const { pid } = spawnSync("true");
    const unlock = lock({ pid, username: "somebody", hostname: os.hostname(), timestamp: "2026-12-05T01:00:00Z" });
    const { code, stderr } = await rollout("--yes");
    unlock();
    const message =
      `Stack rolled is locked by process ${pid} on ${os.hostname()} (somebody) since 2026-12-05T01:00:00Z, which has ` +
      "ended. Take the lock away: pulumi cancel --stack rolled\n";
    assert.deepEqual([code, stderr], [6, message]);
    assert.deepEqual(await versions(), ["v1.34.3", "v1.34.3", "v1.34.3"]);
  });

  it("is told by plan, for now and for another moment", async () => {
    const plan = (...args: string[]) =>
      sandbox().fleet("plan", ...args, "--stack", ENVIRONMENT, "--config-file", stack.configFile);
    const now = await plan();
    assert.match(now.stdout, /^canary-1 +canary +v1\.34\.3 -> v1\.35\.2 +step$/m, now.stderr);
    assert.match(now.stdout, /^ {2}rest-1 and 1 more: stage canary is not through: canary-1 \(has steps to take\)$/m);
    const frozen = await plan("--at", "2998-12-24T18:00", "--zone", "Europe/Berlin");
    assert.match(frozen.stdout, /^Rollout at 2998-12-24 17:00 UTC: 3 waiting$/m, frozen.stderr);
    assert.match(frozen.stdout, /^ {2}canary-1: frozen until 2999-01-01 00:00 Europe\/Berlin: holidays$/m);
  });

  it("leads every cluster to v1.35, stage after stage: --yes exits with 0", async () => {
    const { code, stdout, stderr } = await rollout("--yes", "--poll", "1s");
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(await versions(), ["v1.35.2", "v1.35.2", "v1.35.2"]);
    const at = (text: RegExp) => stdout.search(text);
    const order = [
      at(/^\S+ {3}canary-1 \(canary\): v1\.35\.2, moving/m),
      at(/^\S+ stage canary \(rev-\w+\): 1 of 1 through, complete$/m),
      at(/^\S+ {3}rest-2 \(rest\): v1\.35\.2, moving/m),
      at(/^Every stage is complete\.$/m),
    ];
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
      stdout,
    );
    assert.ok(!order.includes(-1), stdout);
  });

  it("leaves nothing to do", async () => {
    await settled(sandbox(), ENVIRONMENT, ["canary-1", "rest-1", "rest-2"]);
    succeeded(await stack.preview("--expect-no-changes"));
  });

  /** As a run that was killed leaves it. @returns Takes it away. */
  function lock(owner: object): () => void {
    const { state } = sandboxPaths(path.dirname(sandbox().kubeconfig));
    const folder = path.join(state, ".pulumi", "locks", "organization", PROJECT, ENVIRONMENT);
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "0f5f6f0c-7f0f-4b0e-9d4b-2f3f5f6f7f8f.json");
    writeFileSync(file, JSON.stringify(owner));
    return () => rmSync(file);
  }

  async function versions(): Promise<(string | undefined)[]> {
    return (await sandbox().observe(ENVIRONMENT)).clusters.map(({ version }) => version);
  }
});
