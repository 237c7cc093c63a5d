import assert from "node:assert/strict";
import { clusterRequireBackgroundDeletion } from "../../../policy/rules/cluster-require-background-deletion";
import { CLUSTER_TYPE, compliantCluster, type Fields, judge, UNKNOWN_IN_PREVIEW } from "../helpers";

function message(got: string): string {
  return (
    "metadata.annotations[pulumi.com/deletionPropagationPolicy]: the deletion of Cluster " +
    `fleet-production/prod-us-west-2 would hang or leave machines behind (got ${got}). Set it to "background".`
  );
}

function withAnnotations(annotations: Fields) {
  const cluster = compliantCluster();
  cluster.metadata.annotations = annotations;
  return cluster;
}

describe("policy cluster-require-background-deletion", () => {
  it("accepts a cluster that is deleted in the background", () => {
    assert.deepEqual(judge(clusterRequireBackgroundDeletion, CLUSTER_TYPE, compliantCluster()), { violations: [] });
  });

  it("refuses a cluster without annotations: the provider would delete it in the foreground", () => {
    const cluster = compliantCluster();
    delete cluster.metadata.annotations;
    assert.deepEqual(judge(clusterRequireBackgroundDeletion, CLUSTER_TYPE, cluster).violations, [message("nothing")]);
  });

  for (const propagation of ["foreground", "orphan", "Background", ""]) {
    it(`refuses propagation "${propagation}"`, () => {
      const cluster = withAnnotations({ "pulumi.com/deletionPropagationPolicy": propagation });
      const { violations } = judge(clusterRequireBackgroundDeletion, CLUSTER_TYPE, cluster);
      assert.deepEqual(violations, [message(`"${propagation}"`)]);
    });
  }

  it("judges a Cluster of any version", () => {
    const verdict = judge(
      clusterRequireBackgroundDeletion,
      "kubernetes:cluster.x-k8s.io/v1beta1:Cluster",
      withAnnotations({}),
    );
    assert.deepEqual(verdict.violations, [message("nothing")]);
  });

  it("does not judge other kinds of the same group", () => {
    const verdict = judge(
      clusterRequireBackgroundDeletion,
      "kubernetes:cluster.x-k8s.io/v1beta2:MachineDeployment",
      {},
    );
    assert.deepEqual(verdict, { violations: [], notApplicable: true });
  });

  it("is advisory in the preview where the annotations are known only after the update", () => {
    const cluster = { ...compliantCluster(), metadata: { name: "prod-us-west-2", annotations: UNKNOWN_IN_PREVIEW } };
    assert.deepEqual(judge(clusterRequireBackgroundDeletion, CLUSTER_TYPE, cluster), {
      violations: [],
      advisory: "string value at .metadata.annotations can't be known during preview",
    });
  });

  it("is enforced in the preview although name and namespace are known only after the update", () => {
    const cluster = compliantCluster();
    cluster.metadata = { namespace: UNKNOWN_IN_PREVIEW, name: UNKNOWN_IN_PREVIEW };
    assert.deepEqual(judge(clusterRequireBackgroundDeletion, CLUSTER_TYPE, cluster), {
      violations: [message("nothing").replace("fleet-production/prod-us-west-2", "the-resource")],
    });
  });
});
