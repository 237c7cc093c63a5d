import assert from "node:assert/strict";
import { calendar } from "../../../fleet/versions";
import { fleetRequireSupportedVersions as rule } from "../../../policy/rules/fleet-require-supported-versions";
import { CLUSTER_API, fleet, fleetCluster, judgeFleet, waiver } from "../fleets";
import { type Fields, UNKNOWN_IN_PREVIEW, type Verdict } from "../helpers";

const CONFIG = { clusterApi: CLUSTER_API };
const WAIVE = "Waive the rule for the time that this takes.";
const ENDED = `is Kubernetes 1.34, without support since 2026-10-27 (got v1.34.2). Upgrade one minor at a time: v1.35.9, v1.36.4. ${WAIVE}`;

function judgeCluster(fields: Fields, day?: string): Verdict {
  return judgeFleet(rule, fleet([fleetCluster("a", fields)]), CONFIG, day);
}

describe("policy fleet-require-supported-versions", () => {
  it("is mandatory", () => {
    assert.equal(rule.enforcementLevel, "mandatory");
    assert.equal(rule.description, "The Kubernetes version that Git declares for a cluster is supported.");
  });

  for (const version of ["v1.35.0", "v1.36.4", "v1.35.9+rke2r1"]) {
    it(`accepts ${version}`, () => {
      assert.deepEqual(judgeCluster({ version }), { violations: [] });
    });
  }

  it("refuses a version without support, and tells the way to the newest that Cluster API makes", () => {
    assert.deepEqual(judgeCluster({ version: "v1.34.2" }).violations, [`clusters.a.version: ${ENDED}`]);
  });

  it("accepts a version on its last day of support, and refuses it on the next", () => {
    assert.deepEqual(judgeCluster({ version: "v1.34.2" }, "2026-10-26"), { violations: [] });
    assert.deepEqual(judgeCluster({ version: "v1.34.2" }, "2026-10-27").violations, [`clusters.a.version: ${ENDED}`]);
  });

  it("tells one step where the next minor is the newest", () => {
    assert.deepEqual(judgeCluster({ version: "v1.35.2" }, "2027-03-01").violations, [
      "clusters.a.version: is Kubernetes 1.35, without support since 2027-02-28 (got v1.35.2). Upgrade to v1.36.4. " +
        WAIVE,
    ]);
  });

  it("tells how to say what is supported where the calendar knows nothing newer", () => {
    assert.deepEqual(judgeCluster({ version: "v1.36.4" }, "2030-01-01").violations, [
      "clusters.a.version: is Kubernetes 1.36, without support since 2027-06-28 (got v1.36.4). " +
        `Tell what is supported under cluster-fleet:versions, or update cluster-fleet. ${WAIVE}`,
    ]);
  });

  it("names all clusters of one version in one message, and each version in its own", () => {
    const clusters = [
      fleetCluster("a", { version: "v1.34.2" }),
      fleetCluster("b"),
      fleetCluster("c", { version: "v1.33.5" }),
      fleetCluster("d", { version: "v1.34.2" }),
    ];
    assert.deepEqual(judgeFleet(rule, fleet(clusters), CONFIG).violations, [
      `clusters.a.version, clusters.d.version: ${ENDED}`,
      "clusters.c.version: is Kubernetes 1.33, without support since 2026-06-28 (got v1.33.5). " +
        `Upgrade one minor at a time: v1.34.9, v1.35.9, v1.36.4. ${WAIVE}`,
    ]);
  });

  it("judges where a cluster is to go, not where it is held", () => {
    assert.deepEqual(judgeCluster({ version: "v1.34.2", targetVersion: "v1.35.9" }), { violations: [] });
    assert.deepEqual(judgeCluster({ version: "v1.33.5", targetVersion: "v1.34.2" }).violations, [
      `clusters.a.version: ${ENDED}`,
    ]);
  });

  it("accepts EKS in extended support, and refuses it afterwards", () => {
    const eks = { family: "aws-eks", version: "v1.33.5" };
    assert.deepEqual(judgeCluster(eks, "2027-07-28"), { violations: [] });
    assert.deepEqual(judgeCluster(eks, "2027-07-29").violations, [
      "clusters.a.version: is EKS 1.33, without support since 2027-07-29 (got v1.33.5). " +
        `Upgrade one minor at a time: v1.34.9, v1.35.9, v1.36.4. ${WAIVE}`,
    ]);
  });

  it("refuses a version that is newer than the calendar", () => {
    assert.deepEqual(judgeCluster({ version: "v1.99.0" }).violations, [
      `clusters.a.version: is Kubernetes 1.99, newer than what the calendar of ${calendar().dated} knows ` +
        "(got v1.99.0). Use v1.36.4, or add 1.99 under cluster-fleet:versions (npm run fleet -- versions --refresh " +
        "shows its dates).",
    ]);
  });

  it("refuses a version that is older than the calendar", () => {
    assert.match(
      judgeCluster({ version: "v1.29.3" }).violations.join(),
      /^clusters\.a\.version: is Kubernetes 1\.29, older than all that the calendar knows \(got v1\.29\.3\)\. Upgrade one minor at a time: v1\.30\.0, .+, v1\.36\.4\. Waive the rule for the time that this takes\.$/,
    );
  });

  it("refuses a version that Cluster API does not make, by the release of its configuration", () => {
    const props = fleet([fleetCluster("a", { version: "v1.37.1" })]);
    assert.deepEqual(judgeFleet(rule, props, CONFIG).violations, [
      "clusters.a.version: is Kubernetes 1.37, outside what Cluster API 1.13.4 makes (got v1.37.1). " +
        "Use v1.36.4, within 1.30 to 1.36.",
    ]);
    assert.deepEqual(judgeFleet(rule, props, { clusterApi: "1.13.6" }), { violations: [] });
    assert.deepEqual(judgeFleet(rule, props, { clusterApi: "9.9.9" }), { violations: [] }, "nothing is known of it");
  });

  it("takes the calendar from cluster-fleet:versions", () => {
    const versionOverrides = { kubernetes: { "1.34": { standardEnds: "2030-01-01", released: "2025-08-27" } } };
    const props = fleet([fleetCluster("a", { version: "v1.34.2" })], { versionOverrides });
    assert.deepEqual(judgeFleet(rule, props, CONFIG), { violations: [] });
  });

  for (const [version, got] of [
    ["1.35.2", '"1.35.2"'],
    ["v1.35", '"v1.35"'],
    [1.35, "1.35"],
  ] as const) {
    it(`refuses ${got}, which is no version`, () => {
      assert.deepEqual(judgeCluster({ version }).violations, [
        `clusters.a.version: is not a Kubernetes version (got ${got}). Write it in full with its v, such as v1.35.2.`,
      ]);
    });
  }

  it("leaves a plain cluster alone, which states no version", () => {
    assert.deepEqual(judgeCluster({ family: "plain", version: undefined }), { violations: [] });
  });

  it("is lifted by a waiver", () => {
    const fields = { version: "v1.34.2", waivers: [waiver("fleet-require-supported-versions")] };
    assert.deepEqual(judgeCluster(fields), { violations: [] });
    assert.deepEqual(judgeCluster(fields, "2027-01-01").violations, [
      `clusters.a.version: ${ENDED} The waiver ended on 2026-12-31.`,
    ]);
  });

  for (const field of ["version", "targetVersion", "family"]) {
    it(`is advisory in the preview where the ${field} of a cluster is known only after the update`, () => {
      const clusters = [fleetCluster("a", { [field]: UNKNOWN_IN_PREVIEW }), fleetCluster("b", { version: "v1.34.2" })];
      assert.deepEqual(judgeFleet(rule, fleet(clusters), CONFIG), {
        violations: [`clusters.b.version: ${ENDED}`],
        advisory: `string value at .clusters.0.${field} can't be known during preview`,
      });
    });
  }

  it("is advisory in the preview where the calendar's overrides are known only after the update", () => {
    const props = fleet([fleetCluster("a", { version: "v1.34.2" })], { versionOverrides: UNKNOWN_IN_PREVIEW });
    assert.deepEqual(judgeFleet(rule, props, CONFIG), {
      violations: [],
      advisory: "string value at .versionOverrides can't be known during preview",
    });
  });
});
