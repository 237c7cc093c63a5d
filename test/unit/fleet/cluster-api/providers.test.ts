import assert from "node:assert/strict";

import { controllerFlags } from "../../../../fleet/cluster-api/controller-flags";
import { providerSpec } from "../../../../fleet/cluster-api/provider-spec";
import { CAPA_VARIABLES, DEFAULT_GATES, PROVIDERS } from "../../../../fleet/cluster-api/providers";
import { TURTLES_WAIT_RULES, turtlesWaits } from "../../../../fleet/cluster-api/turtles";
import { SIZES } from "../../../../fleet/management/sizes";

describe("providers of Cluster API", () => {
  it("run twice, apart, with what they ask for", () => {
    const spec = providerSpec(PROVIDERS.core, { version: "v1.13.4", gates: {}, flags: {} });
    assert.deepEqual(spec, {
      version: "v1.13.4",
      deployment: {
        replicas: 2,
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                podAffinityTerm: {
                  topologyKey: "topology.kubernetes.io/zone",
                  labelSelector: { matchLabels: { "cluster.x-k8s.io/provider": "cluster-api" } },
                },
              },
            ],
          },
        },
        containers: [{ name: "manager", resources: { requests: { cpu: "100m", memory: "256Mi" } } }],
      },
    });
  });

  it("get the gates that they know, and no other: one that they do not know stops them", () => {
    const gates = (role: keyof typeof PROVIDERS) =>
      providerSpec(PROVIDERS[role], { version: "v1", gates: DEFAULT_GATES, flags: {} }).manager?.featureGates;
    assert.deepEqual(gates("core"), { ClusterTopology: true, MachinePool: true, RuntimeSDK: false });
    assert.deepEqual(gates("infrastructure"), { MachinePool: true });
    assert.equal(gates("addon"), undefined);
  });

  it("get flags with their dashes", () => {
    const { deployment } = providerSpec(PROVIDERS.infrastructure, {
      version: "v2.13.0",
      gates: {},
      flags: { "awscluster-concurrency": "50" },
    });
    assert.deepEqual(deployment.containers[0]?.args, { "--awscluster-concurrency": "50" });
  });

  it("have flags for the size of the management cluster, which CAPA does not know all", () => {
    assert.deepEqual(controllerFlags(SIZES.medium), {
      core: {
        "kube-api-qps": "100",
        "kube-api-burst": "200",
        "cluster-concurrency": "50",
        "clustertopology-concurrency": "50",
        "machine-concurrency": "50",
        "machinedeployment-concurrency": "50",
        "machinepool-concurrency": "50",
        "machineset-concurrency": "50",
      },
      bootstrap: { "kube-api-qps": "100", "kube-api-burst": "200", "kubeadmconfig-concurrency": "50" },
      controlPlane: { "kube-api-qps": "100", "kube-api-burst": "200", "kubeadmcontrolplane-concurrency": "50" },
      infrastructure: { "awscluster-concurrency": "50", "awsmachine-concurrency": "50" },
      addon: {
        "kube-api-qps": "100",
        "kube-api-burst": "200",
        "helm-chart-proxy-concurrency": "50",
        "helm-release-proxy-concurrency": "50",
      },
    });
  });

  it("give CAPA a credential file with a line break in it, and nothing else", () => {
    assert.deepEqual(Object.keys(CAPA_VARIABLES), ["AWS_B64ENCODED_CREDENTIALS"]);
    const file = Buffer.from(CAPA_VARIABLES["AWS_B64ENCODED_CREDENTIALS"] ?? "", "base64").toString();
    assert.equal(file, "\n");
  });
});

describe("the wait for Turtles", () => {
  it("sees each object before it asks for its condition", () => {
    assert.deepEqual(
      turtlesWaits().map(({ args }) => args.join(" ")),
      [
        "wait --for=create crd/capiproviders.turtles-capi.cattle.io --timeout=1800s",
        "wait --for=condition=Established crd/capiproviders.turtles-capi.cattle.io --timeout=1800s",
        "wait --for=create capiproviders.turtles-capi.cattle.io/cluster-api --namespace cattle-capi-system --timeout=1800s",
        "wait --for=condition=Ready capiproviders.turtles-capi.cattle.io/cluster-api --namespace cattle-capi-system " +
          "--timeout=1800s",
      ],
    );
  });

  it("may read these two objects and nothing else", () => {
    assert.deepEqual(
      TURTLES_WAIT_RULES.map(({ resources, resourceNames, verbs }) => [resources, resourceNames, verbs]),
      [
        [["customresourcedefinitions"], ["capiproviders.turtles-capi.cattle.io"], ["get", "list", "watch"]],
        [["capiproviders"], ["cluster-api"], ["get", "list", "watch"]],
      ],
    );
  });
});
