import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { assertSays, cluster, failed, fleetConfig, succeeded } from "./fleets";
import { withSandbox } from "./harness";

const OLD = { ...cluster(), version: "v1.31.14" };
const NEW = { ...cluster(), version: "v1.36.1" };
const WAIVER = { until: "2999-12-31", reason: "stays as it is for a test" };
const CHILD = /kubernetes:|cluster-fleet:index:(ManagementCluster|WorkloadCluster)/;

describe("a run of a fleet that breaks rules of the fleet", function () {
  this.timeout(120_000);
  const sandbox = withSandbox();
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "policy-config-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("fails in its preview on an unsupported version and on too much skew", async () => {
    const said = failed(
      await sandbox()
        .stack("old", fleetConfig("old", { "a-old": OLD, "b-new": NEW }))
        .preview(),
    );
    assert.match(said, /\[mandatory\] +\[severity: high\] +fleet-require-supported-versions +.*Fleet: old\)/);
    assertSays(
      said,
      "clusters.a-old.version: is Kubernetes 1.31, without support since 2025-11-11 (got v1.31.14). " +
        "Upgrade one minor at a time: v1.32.",
    );
    assertSays(
      said,
      "clusters.a-old.version: is 5 minors behind clusters.b-new.version, more than the 2 that an environment may span " +
        "(got v1.31.14 and v1.36.1). Upgrade a-old first.",
    );
    assert.equal(said.match(/\[mandatory\]/g)?.length, 2, said);
  });

  it("ends without a preview as well, before the first child of the fleet", async () => {
    const said = failed(
      await sandbox()
        .stack("unseen", fleetConfig("unseen", { "a-old": OLD }))
        .up(),
    );
    assertSays(said, "clusters.a-old.version: is Kubernetes 1.31, without support since 2025-11-11 (got v1.31.14).");
    assert.doesNotMatch(said, CHILD);
  });

  it("goes on where a waiver lifts the rules, and lists the waiver", async () => {
    const waivers = { "fleet-require-supported-versions": WAIVER, "fleet-limit-version-skew": WAIVER };
    const config = fleetConfig("waived", { "a-old": { ...OLD, waivers }, "b-new": NEW });
    const { stdout, stderr } = succeeded(await sandbox().stack("waived", config).preview());
    const said = stdout + stderr;
    assert.match(said, /\[advisory\] +\[severity: low\] +fleet-list-waivers +.*Fleet: waived\)/);
    assertSays(
      said,
      "clusters.a-old.waivers.fleet-limit-version-skew, clusters.a-old.waivers.fleet-require-supported-versions: " +
        'holds until 2999-12-31 (got "stays as it is for a test"). Cure the cluster before then.',
    );
    assert.doesNotMatch(said, /\[mandatory\]/);
  });

  it("fails by a rule that the pack's configuration turns on, and not by one that it turns off", async () => {
    const file = path.join(folder, "policy-config.json");
    const required = { team: ["data", "shop"], "example.com/cost-centre": [] };
    writeFileSync(
      file,
      JSON.stringify({
        "fleet-require-label-sets": { required },
        "fleet-require-supported-versions": "advisory",
        "fleet-limit-version-skew": { maxMinors: 5 },
      }),
    );
    const stack = sandbox().stack("labels", fleetConfig("labels", { "a-old": OLD, "b-new": NEW }));
    const said = failed(await stack.preview("--policy-pack-config", file));
    for (const [label, remedy] of [
      ["team", "Set it to data or shop."],
      ["example.com/cost-centre", "Set it."],
    ] as const) {
      const paths = `clusters.a-old.labels[${label}], clusters.b-new.labels[${label}]`;
      assertSays(said, `${paths}: is required of every cluster (got nothing). ${remedy}`);
    }
    assert.match(said, /\[advisory\] +\[severity: high\] +fleet-require-supported-versions /);
    assert.equal(said.match(/\[mandatory\]/g)?.length, 2, said);
  });
});
