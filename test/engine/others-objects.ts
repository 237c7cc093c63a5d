import { type Kind } from "./live-objects";

interface NewObject extends Kind {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: object;
}

/** What another team makes for a plain cluster before its `Cluster` object: infrastructure and one control plane. */
export function standObjects(name: string): NewObject[] {
  const nodeRegistration = { nodeRegistration: { criSocket: "unix:///var/run/containerd/containerd.sock" } };
  const atOnce = { provisioning: { startupDuration: "0s" } };
  const infrastructure = { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2" };
  return [
    {
      ...infrastructure,
      kind: "DevCluster",
      // Cluster API's dev provider panics at a DevCluster that has no annotation at all.
      metadata: { name, annotations: { "example.com/made-by": "another team" } },
      spec: { backend: { inMemory: {} } },
    },
    {
      ...infrastructure,
      kind: "DevMachineTemplate",
      metadata: { name },
      spec: {
        template: { spec: { backend: { inMemory: { vm: atOnce, node: atOnce, apiServer: atOnce, etcd: atOnce } } } },
      },
    },
    {
      apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
      kind: "KubeadmControlPlane",
      metadata: { name },
      spec: {
        replicas: 1,
        version: "v1.35.2",
        machineTemplate: {
          spec: {
            infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevMachineTemplate", name },
          },
        },
        kubeadmConfigSpec: {
          clusterConfiguration: { apiServer: { certSANs: ["localhost", "127.0.0.1"] } },
          initConfiguration: nodeRegistration,
          joinConfiguration: nodeRegistration,
        },
      },
    },
  ];
}
