import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

// The steps of the recordings: see sandbox/plugins/README.md. Each step is a value of `recording:step`.
const config = new pulumi.Config();
const step = config.requireNumber("step");
const fleet = config.require("fleetNamespace");

const provider = new k8s.Provider("mgmt", {
  kubeconfig: config.require("kubeconfig"),
  clusterIdentifier: "mgmt",
  upsertExistingObjects: step !== 7,
});
const options = { provider };

const ns = new k8s.core.v1.Namespace("ns", { metadata: { name: "recording" } }, options);
const inNamespace = { ...options, dependsOn: [ns] };

function configMap(name: string, metadata: object, data: Record<string, string>, more: object = {}): void {
  const all = { metadata: { namespace: "recording", ...metadata }, data, ...more };
  new k8s.core.v1.ConfigMap(name, all, inNamespace);
}

configMap("named", { name: "named", labels: { a: "1" } }, { value: step >= 2 ? "two" : "one" });
configMap("auto", {}, { x: "1" }, { immutable: true });
const stringData = pulumi.secret({ password: "hunter2" });
new k8s.core.v1.Secret("secret", { metadata: { name: "secret", namespace: "recording" }, stringData }, inNamespace);

if (step >= 3) configMap("renamed", { name: step >= 4 ? "renamed-b" : "renamed-a" }, { k: "v" });
if (step === 7) configMap("clash", { name: "clash" }, {});

function cluster(name: string, metadata: object, topology: object): void {
  new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "Cluster",
      metadata: { namespace: fleet, ...metadata },
      spec: { topology: { classRef: { name: "in-memory" }, controlPlane: { replicas: 1 }, ...topology } },
    },
    options,
  );
}

if (step < 6) {
  const annotations = {
    "pulumi.com/deletionPropagationPolicy": "background",
    ...(step === 1 ? { "pulumi.com/waitFor": "condition=TopologyReconciled" } : {}),
  };
  const machineDeployments = [{ class: "default-worker", name: "md-0", replicas: step >= 2 ? 2 : 1 }];
  cluster("cluster", { name: "rec", annotations }, { version: "v1.34.2", workers: { machineDeployments } });
}
if (step === 5) cluster("denied", { name: "denied" }, { version: "not-a-version" });
