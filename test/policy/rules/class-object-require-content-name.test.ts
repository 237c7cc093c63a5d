import assert from "node:assert/strict";
import { classObjectName } from "../../../fleet/class-names";
import { classObjectRequireContentName } from "../../../policy/rules/class-object-require-content-name";
import { judge, UNKNOWN_IN_PREVIEW } from "../helpers";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";
const KIND = "AWSMachineTemplate";
const TYPE = `kubernetes:${API_VERSION}:${KIND}`;

const SPEC = {
  template: { spec: { instanceType: "m7i.large", rootVolume: { size: 80, encrypted: true }, subnets: [{ id: "a" }] } },
};

/** The template with its right name. */
function compliantTemplate() {
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: {
      namespace: "fleet-production",
      name: classObjectName("aws-kubeadm-worker", { apiVersion: API_VERSION, kind: KIND, spec: SPEC }),
    },
    spec: SPEC as object,
  };
}

describe("policy class-object-require-content-name", () => {
  it("accepts a template that is named by its content", () => {
    // The name is written out: if the hash ever came out differently, every live class would be replaced.
    assert.equal(compliantTemplate().metadata.name, "aws-kubeadm-worker-b824549d37");
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, compliantTemplate()), { violations: [] });
  });

  it("takes no notice of the order of keys and of members that are undefined", () => {
    const spec = {
      template: {
        spec: {
          ami: undefined,
          subnets: [{ id: "a" }],
          rootVolume: { encrypted: true, size: 80 },
          instanceType: "m7i.large",
        },
      },
    };
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, { ...compliantTemplate(), spec }), { violations: [] });
  });

  it("refuses a template whose content was edited under its old name, and gives the new name", () => {
    const edited = { ...compliantTemplate(), spec: { template: { spec: { instanceType: "m7i.xlarge" } } } };
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, edited).violations, [
      `metadata.name: AWSMachineTemplate fleet-production/${edited.metadata.name} is not named by the hash of its ` +
        `content (got "${edited.metadata.name}"). Name it "aws-kubeadm-worker-41e661f548".`,
    ]);
  });

  it("refuses a name without a hash, and gives the name with it", () => {
    const template = compliantTemplate();
    template.metadata.name = "workers";
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, template).violations, [
      "metadata.name: AWSMachineTemplate fleet-production/workers is not named by the hash of its content " +
        '(got "workers"). Name it "workers-b824549d37".',
    ]);
  });

  it("refuses a template without a name, and builds one on the resource's", () => {
    const { apiVersion, kind, spec } = compliantTemplate();
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, { apiVersion, kind, spec }).violations, [
      "metadata.name: AWSMachineTemplate the-resource is not named by the hash of its content (got nothing). " +
        'Name it "the-resource-b824549d37".',
    ]);
  });

  for (const type of [
    "cluster.x-k8s.io/v1beta2:ClusterClass",
    "cluster.x-k8s.io/v1beta1:ClusterClass",
    "infrastructure.cluster.x-k8s.io/v1beta2:DevClusterTemplate",
    "controlplane.cluster.x-k8s.io/v1beta2:KubeadmControlPlaneTemplate",
    "bootstrap.cluster.x-k8s.io/v1beta2:KubeadmConfigTemplate",
  ]) {
    it(`judges ${type}`, () => {
      const verdict = judge(classObjectRequireContentName, `kubernetes:${type}`, { metadata: { name: "x" }, spec: {} });
      assert.equal(verdict.violations.length, 1);
    });
  }

  for (const type of [
    "cluster.x-k8s.io/v1beta2:Cluster",
    "infrastructure.cluster.x-k8s.io/v1beta2:AWSMachine",
    "infrastructure.cluster.x-k8s.io/v1beta2:AWSMachineTemplatePatch",
    "core/v1:PodTemplate",
    "example.org/v1:ClusterClass",
  ]) {
    it(`does not judge ${type}`, () => {
      const verdict = judge(classObjectRequireContentName, `kubernetes:${type}`, { metadata: { name: "x" }, spec: {} });
      assert.deepEqual(verdict, { violations: [], notApplicable: true });
    });
  }

  it("is advisory in the preview where a part of the content is known only after the update", () => {
    const template = {
      ...compliantTemplate(),
      spec: { template: { spec: { subnets: [{ id: UNKNOWN_IN_PREVIEW }] } } },
    };
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, template), {
      violations: [],
      advisory: "string value at .spec.template.spec.subnets.0.id can't be known during preview",
    });
  });

  it("is advisory in the preview where the name is known only after the update", () => {
    const template = { ...compliantTemplate(), metadata: { name: UNKNOWN_IN_PREVIEW } };
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, template), {
      violations: [],
      advisory: "string value at .metadata.name can't be known during preview",
    });
  });

  it("refuses in the preview a name without a hash although the content is known only after the update", () => {
    const template = { ...compliantTemplate(), metadata: { name: "workers" }, spec: { template: UNKNOWN_IN_PREVIEW } };
    assert.deepEqual(judge(classObjectRequireContentName, TYPE, template), {
      violations: [
        "metadata.name: AWSMachineTemplate workers is not named by the hash of its content " +
          '(got "workers"). Name it "workers-<hash>", and keep out of it what only the update knows.',
      ],
      advisory: "string value at .spec.template can't be known during preview",
    });
  });
});
