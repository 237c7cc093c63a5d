import assert from "node:assert/strict";

import { type ClusterApiArgs } from "../../../components/cluster-api/cluster-api";
import { valueOf } from "../recorder";
import {
  ARGS,
  IDENTITIES,
  inputs,
  kindOf,
  kinds,
  OWNED,
  type Recorded,
  registerWith,
  specOf,
  unsealed,
  waitsFor,
} from "./fixtures";
import { recordAws } from "./recorder";

const register = registerWith(recordAws());

describe("ClusterApi by the operator", () => {
  let recorded: Recorded;
  let made: Awaited<ReturnType<typeof register>>;

  before(async () => {
    made = await register();
    recorded = made.recorded;
  });

  it("registers exactly these resources", () => {
    assert.deepEqual(
      kinds(recorded),
      [
        ...IDENTITIES,
        "Namespace fleet-cert-manager-namespace",
        "Release fleet-cert-manager",
        "Namespace fleet-cluster-api-operator-namespace",
        "Release fleet-cluster-api-operator",
        "Namespace fleet-cluster-api-namespace",
        "CoreProvider fleet-cluster-api",
        "Namespace fleet-bootstrap-kubeadm-namespace",
        "BootstrapProvider fleet-bootstrap-kubeadm",
        "Namespace fleet-control-plane-kubeadm-namespace",
        "ControlPlaneProvider fleet-control-plane-kubeadm",
        "Namespace fleet-helm-namespace",
        "AddonProvider fleet-helm",
        "Namespace fleet-infrastructure-aws-namespace",
        "Secret fleet-aws-variables",
        "InfrastructureProvider fleet-infrastructure-aws",
      ].sort(),
    );
  });

  it("declares each provider in its own namespace and waits until it is ready", () => {
    const ready = {
      ...OWNED,
      annotations: { ...OWNED.annotations, "pulumi.com/waitFor": "condition=Ready" },
    };
    assert.deepEqual(inputs(recorded, "CoreProvider fleet-cluster-api"), {
      apiVersion: "operator.cluster.x-k8s.io/v1alpha2",
      kind: "CoreProvider",
      metadata: { name: "cluster-api", namespace: "capi-system", ...ready },
      spec: specOf("core", "v1.13.4"),
    });
    const namespaces = ["bootstrap-kubeadm", "control-plane-kubeadm", "helm", "infrastructure-aws"].map(
      (label) => (inputs(recorded, `Namespace fleet-${label}-namespace`)["metadata"] as { name: string }).name,
    );
    assert.deepEqual(namespaces, [
      "capi-kubeadm-bootstrap-system",
      "capi-kubeadm-control-plane-system",
      "caaph-system",
      "capa-system",
    ]);
  });

  it("has kubeadm's providers in the core's version, unless another is given", async () => {
    const versions = (from: Recorded) =>
      ["BootstrapProvider fleet-bootstrap-kubeadm", "ControlPlaneProvider fleet-control-plane-kubeadm"].map(
        (provider) => (inputs(from, provider)["spec"] as { version: string }).version,
      );
    assert.deepEqual(versions(recorded), ["v1.13.4", "v1.13.4"]);
    assert.deepEqual(versions((await register({ kubeadmVersion: "v1.13.3" })).recorded), ["v1.13.3", "v1.13.3"]);
  });

  it("goes from certificates to the operator, the core, and all others", async () => {
    assert.deepEqual(await waitsFor(recorded, "Release fleet-cluster-api-operator"), ["Release fleet-cert-manager"]);
    assert.deepEqual(await waitsFor(recorded, "CoreProvider fleet-cluster-api"), [
      "Release fleet-cluster-api-operator",
    ]);
    for (const other of ["BootstrapProvider fleet-bootstrap-kubeadm", "AddonProvider fleet-helm"]) {
      assert.deepEqual(await waitsFor(recorded, other), ["CoreProvider fleet-cluster-api"]);
    }
  });

  it("starts CAPA once AWS knows its service account, which has its rights by then", async () => {
    assert.deepEqual(await waitsFor(recorded, "InfrastructureProvider fleet-infrastructure-aws"), [
      "CoreProvider fleet-cluster-api",
      "PodIdentityAssociation fleet-controllers",
    ]);
    assert.deepEqual(await waitsFor(recorded, "PodIdentityAssociation fleet-controllers"), [
      "RolePolicyAttachment fleet-controllers-eks",
      "RolePolicyAttachment fleet-controllers-own",
    ]);
    assert.deepEqual(inputs(recorded, "PodIdentityAssociation fleet-controllers"), {
      clusterName: "fleet",
      namespace: "capa-system",
      serviceAccount: "capa-controller-manager",
      roleArn: "arn:aws:iam::111122223333:role/controllers.fleet.cluster-fleet",
    });
  });

  it("gives the operator no providers, for it would make them by hooks", () => {
    const { values, name, namespace } = inputs(recorded, "Release fleet-cluster-api-operator");
    assert.deepEqual(
      { values, name, namespace },
      { values: { replicaCount: 2 }, name: "capi-operator", namespace: "capi-operator-system" },
    );
  });

  it("gives CAPA an empty credential file, in a Secret named by its content", () => {
    const { metadata, stringData, immutable } = inputs(recorded, "Secret fleet-aws-variables");
    const { name } = metadata as { name: string };
    assert.match(name, /^aws-variables-[0-9a-f]{10}$/);
    assert.deepEqual(unsealed(stringData), { AWS_B64ENCODED_CREDENTIALS: "Cg==" });
    assert.equal(immutable, true);
    const aws = inputs(recorded, "InfrastructureProvider fleet-infrastructure-aws")["spec"];
    assert.deepEqual(aws, {
      configSecret: { name, namespace: "capa-system" },
      ...specOf("infrastructure", "v2.13.0"),
    });
  });

  it("registers no key of AWS anywhere", () => {
    assert.doesNotMatch(JSON.stringify(recorded.registrations), /aws_secret|secret_?access_?key|AKIA|ASIA/i);
  });

  it("protects providers, their namespaces and what installs them, unless told otherwise", async () => {
    const isProtected = ({ options }: Recorded) =>
      [...options].filter(([, { protect }]) => protect === true).map(([name]) => name);
    assert.deepEqual(
      isProtected(recorded).sort(),
      kinds(recorded).filter((name) => /^(Namespace|Release|\w+Provider) /.test(name)),
    );
    assert.deepEqual(isProtected((await register({ protectProviders: false })).recorded), []);
  });

  it("leaves out what is not wanted or there already", async () => {
    const { recorded: less } = await register({
      ...ARGS,
      caaphVersion: undefined,
      needsCertManager: false,
      charts: { "cluster-api-operator": ARGS.charts["cluster-api-operator"] ?? { chart: "", version: "" } },
    } as ClusterApiArgs);
    const gone = kinds(recorded).filter((name) => !kinds(less).includes(name));
    assert.deepEqual(gone, [
      "AddonProvider fleet-helm",
      "Namespace fleet-cert-manager-namespace",
      "Namespace fleet-helm-namespace",
      "Release fleet-cert-manager",
    ]);
  });

  it("hands flags and gates to the controllers that know them", async () => {
    const { recorded: tuned } = await register({
      featureGates: { RuntimeSDK: true },
      controllerFlags: { infrastructure: { "awscluster-concurrency": "50" } },
    });
    const core = inputs(tuned, "CoreProvider fleet-cluster-api")["spec"];
    assert.deepEqual(core, {
      ...specOf("core", "v1.13.4"),
      manager: { featureGates: { ClusterTopology: true, MachinePool: true, RuntimeSDK: true } },
    });
    const aws = inputs(tuned, "InfrastructureProvider fleet-infrastructure-aws")["spec"] as {
      deployment: { containers: [{ args: object }] };
    };
    assert.deepEqual(aws.deployment.containers[0].args, { "--awscluster-concurrency": "50" });
  });

  it("is ready once every provider is, and the identities of machines are there", () => {
    const terminal = made.terminal.map((resource) =>
      kindOf((resource as { __pulumiType?: string }).__pulumiType ?? ""),
    );
    assert.deepEqual(terminal.sort(), [
      "AddonProvider",
      "BootstrapProvider",
      "ControlPlaneProvider",
      "CoreProvider",
      "InfrastructureProvider",
      "InstanceProfile",
      "InstanceProfile",
      "PodIdentityAssociation",
      "RolePolicyAttachment",
    ]);
  });

  it("says what classes and other accounts need", async () => {
    const { nodesInstanceProfile, controlPlaneInstanceProfile, installedBy } = made.clusterApi;
    assert.deepEqual(await Promise.all([nodesInstanceProfile, controlPlaneInstanceProfile, installedBy].map(valueOf)), [
      "nodes.fleet.cluster-fleet",
      "control-plane.fleet.cluster-fleet",
      "operator",
    ]);
  });
});
