import assert from "node:assert/strict";
import { clock } from "../../../policy/clock";
import { controlPlaneRequireQuorum } from "../../../policy/rules/control-plane-require-quorum";
import { CLUSTER_TYPE, compliantCluster, type Fields, judge, UNKNOWN_IN_PREVIEW, type Verdict } from "../helpers";

const TITLE = "Cluster fleet-production/prod-us-west-2";

function odd(got: string): string {
  return `spec.topology.controlPlane.replicas: ${TITLE} needs an odd number of control plane nodes (got ${got}). Use 3 or 5.`;
}

function tooFew(got: string): string {
  return (
    `spec.topology.controlPlane.replicas: ${TITLE} is in production and needs 3 control plane nodes or more ` +
    `(got ${got}). Use 3 or 5.`
  );
}

/** Judges the compliant cluster with other labels and another control plane. */
function judgeCluster(labels: Fields, controlPlane: Fields | undefined, config: object = {}): Verdict {
  const cluster = compliantCluster();
  cluster.metadata.labels = { ...cluster.metadata.labels, ...labels };
  cluster.spec.topology = { classRef: { name: "aws-kubeadm-0123456789" }, version: "v1.35.5", controlPlane };
  return judge(controlPlaneRequireQuorum, CLUSTER_TYPE, cluster, config);
}

const STAGING = { "cluster-fleet.io/environment": "staging" };
const EKS = { "cluster-fleet.io/class": "aws-eks" };
const AKS = { "cluster-fleet.io/class": "azure-aks" };

describe("policy control-plane-require-quorum", () => {
  for (const replicas of [3, 5, 7]) {
    it(`accepts ${replicas} replicas in production`, () => {
      assert.deepEqual(judgeCluster({}, { replicas }), { violations: [] });
    });
  }

  it("accepts 1 replica, and none stated, outside production", () => {
    assert.deepEqual(judgeCluster(STAGING, { replicas: 1 }), { violations: [] });
    assert.deepEqual(judgeCluster(STAGING, undefined), { violations: [] });
  });

  it("refuses 1 replica in production", () => {
    assert.deepEqual(judgeCluster({}, { replicas: 1 }).violations, [tooFew("1")]);
  });

  for (const [replicas, got] of [
    [4, "4"],
    [3.5, "3.5"],
    ["3", '"3"'],
  ] as const) {
    it(`refuses ${got} replicas in production`, () => {
      assert.deepEqual(judgeCluster({}, { replicas }).violations, [odd(got)]);
    });
  }

  for (const replicas of [0, 2, -1]) {
    it(`refuses ${replicas} replicas everywhere, and in production says also that they are too few`, () => {
      assert.deepEqual(judgeCluster(STAGING, { replicas }).violations, [odd(String(replicas))]);
      assert.deepEqual(judgeCluster({}, { replicas }).violations, [odd(String(replicas)), tooFew(String(replicas))]);
    });
  }

  it("refuses a production control plane that states nothing, which kubeadm takes for 1", () => {
    assert.deepEqual(judgeCluster({}, {}).violations, [tooFew("nothing, which means 1")]);
    assert.deepEqual(judgeCluster({ "cluster-fleet.io/class": undefined }, undefined).violations, [
      tooFew("nothing, which means 1"),
    ]);
  });

  it("accepts a production control plane that the cloud runs, which states no replicas", () => {
    assert.deepEqual(judgeCluster(EKS, undefined), { violations: [] });
  });

  it("takes the classes whose control plane the cloud runs from its configuration", () => {
    const config = { cloudRunClasses: ["azure-aks"] };
    assert.deepEqual(judgeCluster(AKS, undefined).violations, [tooFew("nothing, which means 1")]);
    assert.deepEqual(judgeCluster(AKS, undefined, config), { violations: [] });
    assert.deepEqual(judgeCluster(EKS, undefined, config).violations, [tooFew("nothing, which means 1")]);
  });

  it("judges replicas that are stated, whoever runs the control plane", () => {
    assert.deepEqual(judgeCluster(EKS, { replicas: 2 }).violations, [odd("2"), tooFew("2")]);
  });

  it("leaves a cluster without a topology to cluster-require-class", () => {
    const cluster = { ...compliantCluster(), spec: {} };
    assert.deepEqual(judge(controlPlaneRequireQuorum, CLUSTER_TYPE, cluster), { violations: [] });
  });

  it("does not judge other kinds of the same group", () => {
    const verdict = judge(controlPlaneRequireQuorum, "kubernetes:cluster.x-k8s.io/v1beta2:MachineDeployment", {});
    assert.deepEqual(verdict, { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where the replicas are known only after the update", () => {
    assert.deepEqual(judgeCluster({}, { replicas: UNKNOWN_IN_PREVIEW }), {
      violations: [],
      advisory: "string value at .spec.topology.controlPlane.replicas can't be known during preview",
    });
  });

  it("refuses an even number in the preview although the environment is known only after the update", () => {
    assert.deepEqual(judgeCluster({ "cluster-fleet.io/environment": UNKNOWN_IN_PREVIEW }, { replicas: 2 }), {
      violations: [odd("2")],
      advisory: "string value at .metadata.labels.cluster-fleet.io/environment can't be known during preview",
    });
  });

  it("is advisory in the preview where nothing is stated and the class is known only after the update", () => {
    assert.deepEqual(judgeCluster({ "cluster-fleet.io/class": UNKNOWN_IN_PREVIEW }, undefined), {
      violations: [],
      advisory: "string value at .metadata.labels.cluster-fleet.io/class can't be known during preview",
    });
  });

  it("needs no unknown label where the replicas suffice anywhere", () => {
    const labels = { "cluster-fleet.io/environment": UNKNOWN_IN_PREVIEW, "cluster-fleet.io/class": UNKNOWN_IN_PREVIEW };
    assert.deepEqual(judgeCluster(labels, { replicas: 3 }), { violations: [] });
  });

  describe("with the annotation of a waiver", () => {
    const KEY = "cluster-fleet.io/waiver.control-plane-require-quorum";
    const realNow = clock.now;
    before(() => (clock.now = () => new Date("2026-11-23T12:00:00Z")));
    after(() => (clock.now = realNow));

    function judgeWaived(annotation: unknown, key = KEY): Verdict {
      const cluster = compliantCluster();
      cluster.metadata.annotations = { ...cluster.metadata.annotations, [key]: annotation };
      cluster.spec.topology = { classRef: { name: "aws-kubeadm-0123456789" }, controlPlane: { replicas: 1 } };
      return judge(controlPlaneRequireQuorum, CLUSTER_TYPE, cluster);
    }

    it("accepts the cluster until the last day of the waiver", () => {
      assert.deepEqual(judgeWaived("until 2026-11-23: a trial"), { violations: [] });
    });

    it("refuses it afterwards, and says that the waiver has ended", () => {
      assert.deepEqual(judgeWaived("until 2026-11-22: a trial").violations, [
        `${tooFew("1")} The waiver ended on 2026-11-22.`,
      ]);
    });

    it("refuses it with a waiver of another rule", () => {
      const key = "cluster-fleet.io/waiver.fleet-require-names";
      assert.deepEqual(judgeWaived("until 2026-12-31: a trial", key).violations, [tooFew("1")]);
    });

    it("refuses it with a text that is no waiver, and says how to write one", () => {
      assert.deepEqual(judgeWaived("for ever").violations, [
        `${tooFew("1")} The annotation ${KEY} is no waiver: write it as "until YYYY-MM-DD: reason".`,
      ]);
    });

    it("is advisory in the preview where only the update will know the waiver", () => {
      assert.deepEqual(judgeWaived(UNKNOWN_IN_PREVIEW), {
        violations: [],
        advisory: `string value at .metadata.annotations.${KEY} can't be known during preview`,
      });
    });
  });
});
