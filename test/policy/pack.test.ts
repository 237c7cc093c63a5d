import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { EnforcementLevel, PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";
import { parse } from "yaml";
import { classObjectName } from "../../fleet/class-names";
import { FLEET_TYPE } from "../../policy/registered-fleet";
import { WAIVABLE_RULES } from "../../fleet/waivers";
import { fleet, fleetCluster } from "./fleets";
import { CLUSTER_TYPE, compliantCluster, UNKNOWN_IN_PREVIEW } from "./helpers";
import { PACK_FOLDER, type RunningPack, startPack } from "./pack-process";

/** How a secret travels to the pack. */
const SECRET_MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const RULES = readdirSync(path.join(PACK_FOLDER, "rules")).map((file) => path.basename(file, ".ts"));

/** Rules that tell and never refuse. */
const ADVISORY = [
  "eks-cluster-advise-support",
  "fleet-advise-support",
  "fleet-list-waivers",
  "management-advise-compatible-set",
  "node-group-require-on-demand-and-repair",
];

describe("policy pack cluster-fleet, served by Pulumi's runner", () => {
  let pack: RunningPack;
  before(async () => {
    pack = await startPack();
  });
  after(() => pack?.stop());

  it("has exactly the rules of policy/rules, by the names of their files", async () => {
    const names = (await pack.info()).getPoliciesList().map((policy) => policy.getName());
    assert.deepEqual([...names].sort(), [...RULES].sort());
  });

  for (const rule of RULES) {
    const [name, level] = ADVISORY.includes(rule)
      ? (["an advisory", EnforcementLevel.ADVISORY] as const)
      : (["a mandatory", EnforcementLevel.MANDATORY] as const);
    it(`has ${rule} as ${name} rule with description, severity and remediation`, async () => {
      const policy = (await pack.info()).getPoliciesList().find((candidate) => candidate.getName() === rule);
      assert.ok(policy);
      assert.equal(policy.getEnforcementlevel(), level);
      assert.match(policy.getDescription(), /^[A-Z].+\.$/);
      assert.match(policy.getRemediationSteps(), /^[A-Z].+\.$/);
      assert.notEqual(policy.getSeverity(), PolicySeverity.POLICY_SEVERITY_UNSPECIFIED);
    });

    it(`tells about ${rule} in its README`, () => {
      assert.ok(readFileSync(path.join(PACK_FOLDER, "README.md"), "utf8").includes(`\n### ${rule}\n`));
    });
  }

  it("has each rule that may be waived", () => {
    assert.deepEqual(
      WAIVABLE_RULES.filter((rule) => !RULES.includes(rule)),
      [],
    );
  });

  it("has one version, in package.json and PulumiPolicy.yaml", async () => {
    const { version } = JSON.parse(readFileSync(path.join(PACK_FOLDER, "package.json"), "utf8")) as { version: string };
    const project = parse(readFileSync(path.join(PACK_FOLDER, "PulumiPolicy.yaml"), "utf8")) as { version: unknown };
    assert.equal((await pack.info()).getVersion(), version);
    assert.equal(project.version, version);
  });

  it("accepts the compliant cluster", async () => {
    assert.deepEqual(await diagnostics(pack, CLUSTER_TYPE, compliantCluster()), []);
  });

  it("reports each violation of several rules as mandatory", async () => {
    const cluster = compliantCluster();
    cluster.metadata.annotations = {};
    cluster.spec.topology = { classRef: { name: "aws-kubeadm-0123456789" }, controlPlane: { replicas: 2 } };
    const found = await diagnostics(pack, CLUSTER_TYPE, cluster);
    assert.deepEqual(
      found.map(({ rule, level }) => ({ rule, level })),
      [
        { rule: "cluster-require-background-deletion", level: EnforcementLevel.MANDATORY },
        { rule: "control-plane-require-quorum", level: EnforcementLevel.MANDATORY },
        { rule: "control-plane-require-quorum", level: EnforcementLevel.MANDATORY },
      ],
    );
  });

  it("reports on a fleet as a whole, each rule at its own level", async () => {
    const reason = "was named before the fleet";
    const waivers = [{ rule: "fleet-require-names", until: "2999-12-31", reason }];
    const clusters = [fleetCluster("OLD", { version: "v1.4.0", waivers }), fleetCluster("new", { version: "v1.99.0" })];
    const found = await diagnostics(pack, FLEET_TYPE, fleet(clusters));
    assert.deepEqual(
      found.map(({ rule, level }) => ({ rule, level })),
      [
        { rule: "fleet-require-supported-versions", level: EnforcementLevel.MANDATORY },
        { rule: "fleet-require-supported-versions", level: EnforcementLevel.MANDATORY },
        { rule: "fleet-limit-version-skew", level: EnforcementLevel.MANDATORY },
        { rule: "fleet-list-waivers", level: EnforcementLevel.ADVISORY },
      ],
    );
  });

  it("turns a check that meets an unknown value into an advisory diagnostic", async () => {
    const cluster = compliantCluster();
    cluster.spec.topology = { classRef: { name: UNKNOWN_IN_PREVIEW }, controlPlane: { replicas: 3 } };
    assert.deepEqual(await diagnostics(pack, CLUSTER_TYPE, cluster), [
      {
        rule: "cluster-require-class",
        level: EnforcementLevel.ADVISORY,
        message:
          "can't run policy 'cluster-require-class' from policy pack 'cluster-fleet@v0.1.0' during preview: " +
          "string value at .spec.topology.classRef.name can't be known during preview",
      },
    ]);
  });

  it("hashes what a template says when a part of it is secret, and numbers and empty lists have gone over the wire", async () => {
    const apiVersion = "infrastructure.cluster.x-k8s.io/v1beta2";
    const kind = "DevMachineTemplate";
    const spec = { template: { spec: { size: 80, ratio: 0.1, on: false, tags: [], key: "s3cret", none: {} } } };
    const name = classObjectName("worker", { apiVersion, kind, spec });
    const registered = {
      apiVersion,
      kind,
      metadata: { name },
      spec: { template: { spec: { ...spec.template.spec, key: { ...SECRET_MARK, value: "s3cret" } } } },
    };
    assert.deepEqual(await diagnostics(pack, `kubernetes:${apiVersion}:${kind}`, registered), []);
  });
});

async function diagnostics(pack: RunningPack, type: string, props: object) {
  const list = (await pack.analyze(type, props)).getDiagnosticsList();
  return list.map((found) => ({
    rule: found.getPolicyname(),
    level: found.getEnforcementlevel(),
    message: found.getMessage(),
  }));
}
