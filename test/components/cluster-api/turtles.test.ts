import assert from "node:assert/strict";

import { IDENTITIES, inputs, kinds, type Recorded, registerWith, specOf, TURTLES, waitsFor } from "./fixtures";
import { recordAws } from "./recorder";

const register = registerWith(recordAws());

describe("ClusterApi by Rancher's Turtles", () => {
  let recorded: Recorded;

  before(async () => {
    ({ recorded } = await register(TURTLES));
  });

  it("registers exactly these resources, and no core provider among them", () => {
    assert.deepEqual(
      kinds(recorded),
      [
        ...IDENTITIES,
        "Namespace fleet-infrastructure-aws-namespace",
        "ServiceAccount fleet-wait-turtles",
        "ClusterRole fleet-wait-turtles",
        "ClusterRoleBinding fleet-wait-turtles",
        "Job fleet-wait-turtles",
        "Namespace fleet-bootstrap-kubeadm-namespace",
        "CAPIProvider fleet-bootstrap-kubeadm",
        "Namespace fleet-control-plane-kubeadm-namespace",
        "CAPIProvider fleet-control-plane-kubeadm",
        "Namespace fleet-helm-namespace",
        "CAPIProvider fleet-helm",
        "CAPIProvider fleet-infrastructure-aws",
      ].sort(),
    );
  });

  it("waits for Turtles before the first provider, again with each version of Rancher", async () => {
    for (const provider of ["bootstrap-kubeadm", "control-plane-kubeadm", "helm"]) {
      assert.deepEqual(await waitsFor(recorded, `CAPIProvider fleet-${provider}`), ["Job fleet-wait-turtles"]);
    }
    assert.deepEqual(await waitsFor(recorded, "CAPIProvider fleet-infrastructure-aws"), [
      "Job fleet-wait-turtles",
      "PodIdentityAssociation fleet-controllers",
    ]);
    const name = (from: Recorded) => (inputs(from, "Job fleet-wait-turtles")["metadata"] as { name: string }).name;
    assert.equal(name(recorded), "cluster-fleet-wait-turtles-v2-15-0");
    const next = await register({ ...TURTLES, rancherVersion: "v2.15.1" });
    assert.equal(name(next.recorded), "cluster-fleet-wait-turtles-v2-15-1");
  });

  it("waits step by step, as nobody, with rights of its own that are bound once it starts", async () => {
    const { spec } = inputs(recorded, "Job fleet-wait-turtles") as {
      spec: { template: { spec: Record<string, unknown> & { initContainers: []; containers: [] } } };
    };
    const { initContainers, containers, ...pod } = spec.template.spec;
    const steps = [...initContainers, ...containers] as { name: string; image: string; command: string[] }[];
    assert.deepEqual(
      steps.map(({ name, image, command }) => [name, image, ...command]),
      ["kind-is-there", "kind-is-established", "core-is-there", "core-is-ready"].map((step) => [
        step,
        "images.example.com/kubectl:v1.35.0",
        "kubectl",
      ]),
    );
    assert.deepEqual(pod, {
      serviceAccountName: "cluster-fleet-wait-turtles",
      restartPolicy: "OnFailure",
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      },
      volumes: [{ name: "tmp", emptyDir: {} }],
    });
    assert.deepEqual(await waitsFor(recorded, "Job fleet-wait-turtles"), ["ClusterRoleBinding fleet-wait-turtles"]);
  });

  it("declares CAPA as Rancher looks for it, without a credential", () => {
    const { apiVersion, metadata, spec: declared } = inputs(recorded, "CAPIProvider fleet-infrastructure-aws");
    const { name, namespace } = metadata as { name: string; namespace: string };
    assert.deepEqual(
      { apiVersion, name, namespace },
      { apiVersion: "turtles-capi.cattle.io/v1alpha1", name: "aws", namespace: "capa-system" },
    );
    assert.deepEqual(declared, {
      name: "aws",
      type: "infrastructure",
      enableAutomaticUpdate: false,
      variables: { AWS_B64ENCODED_CREDENTIALS: "Cg==" },
      ...specOf("infrastructure", "v2.13.0"),
    });
  });

  it("declares both kubeadm providers under names of their own", () => {
    const declared = ["bootstrap-kubeadm", "control-plane-kubeadm"].map((label) => {
      const { metadata, spec } = inputs(recorded, `CAPIProvider fleet-${label}`);
      return [(metadata as { name: string }).name, (spec as { name: string; type: string }).name];
    });
    assert.deepEqual(declared, [
      ["kubeadm-bootstrap", "kubeadm"],
      ["kubeadm-control-plane", "kubeadm"],
    ]);
  });
});
