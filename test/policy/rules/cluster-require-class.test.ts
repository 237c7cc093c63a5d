import assert from "node:assert/strict";
import { clusterRequireClass } from "../../../policy/rules/cluster-require-class";
import { CLUSTER_TYPE, compliantCluster, judge, UNKNOWN_IN_PREVIEW, type Verdict } from "../helpers";

describe("policy cluster-require-class", () => {
  it("accepts a cluster that names its class", () => {
    assert.deepEqual(judge(clusterRequireClass, CLUSTER_TYPE, compliantCluster()), { violations: [] });
  });

  it("refuses a cluster without a topology", () => {
    const cluster = { ...compliantCluster(), spec: { controlPlaneRef: { kind: "KubeadmControlPlane", name: "own" } } };
    assert.deepEqual(judge(clusterRequireClass, CLUSTER_TYPE, cluster).violations, [
      "spec.topology.classRef.name: Cluster fleet-production/prod-us-west-2 is not made from a ClusterClass " +
        "(got nothing). Name the class that it is to be made from.",
    ]);
  });

  for (const [name, got] of [
    ["", '""'],
    [null, "nothing"],
    [7, "7"],
  ] as const) {
    it(`refuses ${JSON.stringify(name)} as the name of the class`, () => {
      const cluster = { ...compliantCluster(), spec: { topology: { classRef: { name } } } };
      assert.deepEqual(judge(clusterRequireClass, CLUSTER_TYPE, cluster).violations, [
        "spec.topology.classRef.name: Cluster fleet-production/prod-us-west-2 is not made from a ClusterClass " +
          `(got ${got}). Name the class that it is to be made from.`,
      ]);
    });
  }

  it("reads the class of a v1beta1 cluster where v1beta1 has it", () => {
    const type = "kubernetes:cluster.x-k8s.io/v1beta1:Cluster";
    const named = { ...compliantCluster(), spec: { topology: { class: "aws-kubeadm-0123456789" } } };
    assert.deepEqual(judge(clusterRequireClass, type, named), { violations: [] });
    assert.deepEqual(judge(clusterRequireClass, type, compliantCluster()).violations, [
      "spec.topology.class: Cluster fleet-production/prod-us-west-2 is not made from a ClusterClass (got nothing). " +
        "Name the class that it is to be made from.",
    ]);
  });

  for (const type of [
    "kubernetes:cluster.x-k8s.io/v1beta2:ClusterClass",
    "kubernetes:cluster.x-k8s.io/v1beta2:ClusterPatch",
    "kubernetes:provisioning.cattle.io/v1:Cluster",
    "kubernetes:yaml:ConfigFile",
    "aws:eks/cluster:Cluster",
  ]) {
    it(`does not judge ${type}`, () => {
      assert.deepEqual(judge(clusterRequireClass, type, {}), { violations: [], notApplicable: true });
    });
  }

  it("is advisory in the preview where the class is known only after the update", () => {
    const cluster = compliantCluster();
    cluster.spec.topology = { classRef: { name: UNKNOWN_IN_PREVIEW } };
    assert.deepEqual(judge(clusterRequireClass, CLUSTER_TYPE, cluster), {
      violations: [],
      advisory: "string value at .spec.topology.classRef.name can't be known during preview",
    });
  });

  describe("on a cluster that is labelled plain", () => {
    const REFUSED = [
      "spec.topology.classRef.name: Cluster fleet-production/prod-us-west-2 is not made from a ClusterClass " +
        "(got nothing). Name the class that it is to be made from.",
    ];

    function judgePlain(spec: object, config: object = {}, label = "plain"): Verdict {
      const cluster = { ...compliantCluster(), spec };
      cluster.metadata.labels = { ...cluster.metadata.labels, "cluster-fleet.io/class": label };
      return judge(clusterRequireClass, CLUSTER_TYPE, cluster, config);
    }
    const infrastructureRef = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSCluster", name: "own" };

    it("accepts an infrastructure object of its own", () => {
      assert.deepEqual(judgePlain({ infrastructureRef }), { violations: [] });
    });

    it("refuses it where the configuration allows no plain clusters", () => {
      assert.deepEqual(judgePlain({ infrastructureRef }, { allowPlain: false }).violations, REFUSED);
    });

    it("refuses it without an infrastructure object, and with a topology all the same", () => {
      assert.deepEqual(judgePlain({}).violations, REFUSED);
      assert.deepEqual(judgePlain({ infrastructureRef, topology: {} }).violations, REFUSED);
    });

    it("refuses it under another label", () => {
      assert.deepEqual(judgePlain({ infrastructureRef }, {}, "aws-kubeadm").violations, REFUSED);
    });

    it("is advisory in the preview where the label is known only after the update", () => {
      assert.deepEqual(judgePlain({ infrastructureRef }, {}, UNKNOWN_IN_PREVIEW), {
        violations: [],
        advisory: "string value at .metadata.labels.cluster-fleet.io/class can't be known during preview",
      });
    });
  });
});
