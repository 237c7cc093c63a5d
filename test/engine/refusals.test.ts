import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { assertSays, cluster, failed, fleetConfig } from "./fleets";
import { withSandbox } from "./harness";
import { LiveObjects } from "./live-objects";

const RULE_BREAKER = path.join(__dirname, "programs", "rule-breaker");

describe("a preview of what must not be", function () {
  this.timeout(120_000);
  const sandbox = withSandbox();

  describe("objects that break the rules of the policy pack", () => {
    let said: string;

    before(async () => {
      said = failed(await sandbox().stack("rules", {}, RULE_BREAKER).preview());
    });

    for (const [rule, level, object, message] of [
      [
        "cluster-require-class",
        "high",
        "without-class",
        "spec.topology.classRef.name: Cluster default/without-class is not made from a ClusterClass (got nothing). " +
          "Name the class that it is to be made from.",
      ],
      [
        "cluster-require-labels",
        "medium",
        "without-labels",
        "metadata.labels: Cluster default/without-labels lacks labels by which the fleet selects it (got no value for " +
          "app.kubernetes.io/managed-by, cluster-fleet.io/environment, cluster-fleet.io/region, " +
          "cluster-fleet.io/class). Set each of them.",
      ],
      [
        "cluster-require-background-deletion",
        "high",
        "deleted-in-foreground",
        "metadata.annotations[pulumi.com/deletionPropagationPolicy]: the deletion of Cluster " +
          'default/deleted-in-foreground would hang or leave machines behind (got "foreground"). Set it to "background".',
      ],
      [
        "control-plane-require-quorum",
        "critical",
        "even-control-plane",
        "spec.topology.controlPlane.replicas: Cluster default/even-control-plane needs an odd number of control plane " +
          "nodes (got 4). Use 3 or 5.",
      ],
      [
        "class-object-require-content-name",
        "high",
        "edited-in-place",
        "metadata.name: DevMachineTemplate default/edited-in-place is not named by the hash of its content " +
          '(got "edited-in-place"). Name it "edited-in-place-a54357b661".',
      ],
    ] as const) {
      it(`fail by ${rule}, with its message`, () => {
        assert.match(said, new RegExp(`\\[mandatory\\] +\\[severity: ${level}\\] +${rule} +.*${object}\\)`));
        assertSays(said, message);
      });
    }

    it("fail by these five violations alone, and none of them is created", async () => {
      assert.equal(said.match(/\[mandatory\]/g)?.length, 5, said);
      const live = new LiveObjects(sandbox().kubeconfig, "default");
      assert.deepEqual(await live.listClusterApi(), []);
    });
  });

  it("ends with every mistake of the configuration in one numbered list, before the first resource", async () => {
    const { controlPlane: _, ...withoutControlPlane } = cluster() as { controlPlane: object };
    const stack = sandbox().stack(
      "mistakes",
      fleetConfig("mistakes", {
        one: { ...cluster(), version: "1.35" },
        two: { ...withoutControlPlane, region: 5, wokers: {} },
      }),
    );
    const said = failed(await stack.preview());
    assertSays(
      said,
      `The configuration of this stack cannot be used (4 problems):
  1. clusters.one.version: names no patch (got "1.35"). Write it in full, such as v1.35.0 with the patch you mean.
     set outside the stack file: by --config, --config-file or an ESC environment
  2. clusters.two.region: is a number`,
    );
    assertSays(
      said,
      `  3. clusters.two.wokers: is not a key that cluster-fleet knows. Did you mean workers.
     set outside the stack file: by --config, --config-file or an ESC environment
  4. clusters.two.controlPlane.replicas: is missing. Set it (1, 3 or 5), here, in cluster-fleet:overlay or in cluster-fleet:base.`,
    );
    assertNoResource(said);
  });

  it("ends with its address when the management cluster does not answer, before the first resource", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "unreachable-"));
    const server = `https://127.0.0.1:${await closedPort()}`;
    const kubeconfig = path.join(folder, "kubeconfig");
    writeFileSync(kubeconfig, unreachable(server));
    try {
      const management = { kind: "kubeconfig", name: "sandbox", path: kubeconfig };
      const config = fleetConfig("nowhere", { one: cluster() }, { "cluster-fleet:management": management });
      const said = failed(await sandbox().stack("nowhere", config).preview());
      assertSays(
        said,
        `The management cluster at ${server} does not answer (connect ECONNREFUSED ${server.slice("https://".length)}). ` +
          "Nothing was changed. Check that it runs and that this machine may reach it, then run again.",
      );
      assertNoResource(said);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The stack itself is the only resource that a run begins with. */
function assertNoResource(said: string): void {
  assert.doesNotMatch(said, /cluster-fleet:index:|kubernetes:/);
}

/** A port that nothing listens on, as it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function unreachable(server: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "none",
    contexts: [{ name: "none", context: { cluster: "none", user: "none" } }],
    clusters: [{ name: "none", cluster: { server } }],
    users: [{ name: "none", user: {} }],
  });
}
