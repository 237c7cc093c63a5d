import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { observe } from "../../live/observe";
import { sandboxPaths } from "../../sandbox/layout";
import { inOrder } from "../engine/fleets";
import { type SandboxProcess, SandboxProcesses } from "../engine/sandbox-process";

const NAMESPACE = "demo-rollout";

describe("npm run sandbox -- demo rollout", function () {
  this.timeout(1_800_000);
  inOrder();
  const root = mkdtempSync(path.join(os.tmpdir(), "cf-demo-"));
  const sandbox = new SandboxProcesses(root);

  after(async () => {
    await sandbox.remove();
    rmSync(root, { recursive: true, force: true });
  });

  it("makes a fleet of its own, and stops at Ctrl-C in the middle of its rollout: 130", async () => {
    const demo = sandbox.start("demo", "rollout");
    await says(demo, /stage canary .* 1 of 1 through, complete/);
    demo.child.kill("SIGINT");
    const { code, output } = await demo.ended;
    assert.equal(code, 130, output);
    assert.match(output, /^\$ npm run fleet -- rollout --stack demo-rollout --yes --poll 2s$/m);
    assert.match(output, /Nothing is lost: a rollout goes on from what lives\./);
    assert.match(output, /^Error: The demo was stopped; its clusters stay as they are\. /m);
  });

  it("goes on from there to the end, and keeps its clusters where it is told to", async () => {
    const { code, output } = await sandbox.start("demo", "rollout", "--keep").ended;
    assert.equal(code, 0, output);
    assert.match(output, /^A demo was stopped in the middle\. It goes on from what lives:$/m);
    assert.match(output, /^Every stage is complete\.$/m);
    assert.match(output, /^ {2}rest {4}\d\d:\d\d:\d\d to \d\d:\d\d:\d\d {2}rest-1, rest-2, rest-3$/m);
    assert.deepEqual(
      (await clusters()).map(({ name, version, settled }) => [name, version, settled]),
      ["canary-1", "early-1", "early-2", "rest-1", "rest-2", "rest-3"].map((name) => [name, "v1.35.2", true]),
    );
  });

  it("begins anew after that, and leaves none of its clusters and no stack", async () => {
    const { code, output } = await sandbox.start("demo", "rollout").ended;
    assert.equal(code, 0, output);
    assert.match(output, /^Stack demo-rollout: removed [^]* - {4}version: v1\.34\.3\n {2}\+ {4}version: v1\.35\.2\n/m);
    const order = ["canary", "early", "rest"].map((stage) =>
      output.search(new RegExp(`${stage} .* through, complete$`, "m")),
    );
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
      output,
    );
    assert.ok(!order.includes(-1), output);
    assert.deepEqual(await clusters(), []);
    const { ended } = sandbox.start("status");
    assert.equal((await ended).code, 0);
  });

  async function says(demo: SandboxProcess, text: RegExp): Promise<void> {
    const ended = demo.ended.then(({ output }) => assert.fail(`the demo ended before it said ${text}:\n${output}`));
    const said = (async () => {
      while (!text.test(demo.output())) await new Promise((resolve) => setTimeout(resolve, 200));
    })();
    await Promise.race([said, ended]);
  }

  async function clusters() {
    return (await observe({ source: { path: sandboxPaths(root).kubeconfig }, namespace: NAMESPACE })).clusters;
  }
});
