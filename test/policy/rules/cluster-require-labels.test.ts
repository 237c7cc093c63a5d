import assert from "node:assert/strict";
import { REQUIRED_CLUSTER_LABELS } from "../../../fleet/labels";
import { clusterRequireLabels } from "../../../policy/rules/cluster-require-labels";
import { CLUSTER_TYPE, compliantCluster, type Fields, judge, UNKNOWN_IN_PREVIEW } from "../helpers";

function missing(...labels: string[]): string {
  return (
    "metadata.labels: Cluster fleet-production/prod-us-west-2 lacks labels by which the fleet selects it " +
    `(got no value for ${labels.join(", ")}). Set each of them.`
  );
}

function withLabels(labels: Fields) {
  const cluster = compliantCluster();
  cluster.metadata.labels = { ...cluster.metadata.labels, ...labels };
  return cluster;
}

describe("policy cluster-require-labels", () => {
  it("accepts a cluster that carries them all", () => {
    assert.deepEqual(judge(clusterRequireLabels, CLUSTER_TYPE, compliantCluster()), { violations: [] });
  });

  for (const label of REQUIRED_CLUSTER_LABELS) {
    for (const value of [undefined, ""]) {
      it(`refuses a cluster whose ${label} is ${value === undefined ? "missing" : "empty"}`, () => {
        const { violations } = judge(clusterRequireLabels, CLUSTER_TYPE, withLabels({ [label]: value }));
        assert.deepEqual(violations, [missing(label)]);
      });
    }
  }

  it("names all missing labels in one message", () => {
    const cluster = compliantCluster();
    delete cluster.metadata.labels;
    assert.deepEqual(judge(clusterRequireLabels, CLUSTER_TYPE, cluster).violations, [
      missing(
        "app.kubernetes.io/managed-by",
        "cluster-fleet.io/environment",
        "cluster-fleet.io/region",
        "cluster-fleet.io/class",
      ),
    ]);
  });

  it("refuses another manager, beside what is missing", () => {
    const cluster = withLabels({ "app.kubernetes.io/managed-by": "helm", "cluster-fleet.io/region": undefined });
    assert.deepEqual(judge(clusterRequireLabels, CLUSTER_TYPE, cluster).violations, [
      missing("cluster-fleet.io/region"),
      "metadata.labels[app.kubernetes.io/managed-by]: Cluster fleet-production/prod-us-west-2 is said to be managed " +
        'by somebody else (got "helm"). Set it to "cluster-fleet".',
    ]);
  });

  it("does not judge other kinds of the same group", () => {
    const verdict = judge(clusterRequireLabels, "kubernetes:cluster.x-k8s.io/v1beta2:ClusterClass", {});
    assert.deepEqual(verdict, { violations: [], notApplicable: true });
  });

  it("is advisory in the preview for a label known only after the update, and enforced for the known ones", () => {
    const cluster = withLabels({
      "cluster-fleet.io/environment": UNKNOWN_IN_PREVIEW,
      "cluster-fleet.io/class": undefined,
    });
    assert.deepEqual(judge(clusterRequireLabels, CLUSTER_TYPE, cluster), {
      violations: [missing("cluster-fleet.io/class")],
      advisory: "string value at .metadata.labels.cluster-fleet.io/environment can't be known during preview",
    });
  });

  it("is advisory in the preview where the manager is known only after the update", () => {
    const cluster = withLabels({ "app.kubernetes.io/managed-by": UNKNOWN_IN_PREVIEW });
    assert.deepEqual(judge(clusterRequireLabels, CLUSTER_TYPE, cluster), {
      violations: [],
      advisory: "string value at .metadata.labels.app.kubernetes.io/managed-by can't be known during preview",
    });
  });
});
