import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import { ManagementCluster } from "../../../../components";
import { DELETION_PROPAGATION } from "../../../../fleet/labels";

// Each object breaks one rule of the policy pack and keeps the others.
const { name, path } = new pulumi.Config("cluster-fleet").requireObject<{ name: string; path: string }>("management");
const management = new ManagementCluster("management", { managementName: name, kubeconfigPath: path });
const namespace = "default";

const labels = {
  "app.kubernetes.io/managed-by": "cluster-fleet",
  "cluster-fleet.io/environment": "rules",
  "cluster-fleet.io/region": "eu-west-1",
  "cluster-fleet.io/class": "in-memory-kubeadm",
};
const annotations = { [DELETION_PROPAGATION]: "background" };
const any = { kind: "DevCluster", name: "any" };
const spec = { topology: { classRef: { name: "any" }, version: "v1.35.2" } };

function cluster(clusterName: string, metadata: object, clusterSpec: object = spec): void {
  new CustomResource(
    clusterName,
    {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "Cluster",
      metadata: { name: clusterName, namespace, labels, annotations, ...metadata },
      spec: clusterSpec,
    },
    { provider: management.provider },
  );
}

cluster("without-class", {}, { infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", ...any } });
cluster("without-labels", { labels: {} });
cluster("deleted-in-foreground", { annotations: { [DELETION_PROPAGATION]: "foreground" } });
cluster("even-control-plane", {}, { topology: { ...spec.topology, controlPlane: { replicas: 4 } } });

new CustomResource(
  "edited-in-place",
  {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
    kind: "DevMachineTemplate",
    metadata: { name: "edited-in-place", namespace },
    spec: { template: { spec: { backend: { inMemory: {} } } } },
  },
  { provider: management.provider },
);
