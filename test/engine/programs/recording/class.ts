const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
const BOOTSTRAP = "bootstrap.cluster.x-k8s.io/v1beta2";

/** A namespace with the class of in-memory clusters that the recorded program names, in the order of creation. */
export function recordedClass(namespace: string) {
  const object = (apiVersion: string, kind: string, name: string, spec: object) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec,
  });
  const template = (spec: object) => ({ template: { spec } });
  const ref = (apiVersion: string, kind: string, name: string) => ({ templateRef: { apiVersion, kind, name } });
  const inMemory = { backend: { inMemory: {} } };
  const joinConfiguration = { nodeRegistration: { criSocket: "unix:///var/run/containerd/containerd.sock" } };
  const workers = {
    class: "default-worker",
    bootstrap: ref(BOOTSTRAP, "KubeadmConfigTemplate", "in-memory-worker"),
    infrastructure: ref(INFRASTRUCTURE, "DevMachineTemplate", "in-memory-worker"),
  };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    object(INFRASTRUCTURE, "DevClusterTemplate", "in-memory", template(inMemory)),
    object(
      CONTROL_PLANE,
      "KubeadmControlPlaneTemplate",
      "in-memory",
      template({ kubeadmConfigSpec: { joinConfiguration } }),
    ),
    object(INFRASTRUCTURE, "DevMachineTemplate", "in-memory-control-plane", template(inMemory)),
    object(INFRASTRUCTURE, "DevMachineTemplate", "in-memory-worker", template(inMemory)),
    object(BOOTSTRAP, "KubeadmConfigTemplate", "in-memory-worker", template({ joinConfiguration })),
    object("cluster.x-k8s.io/v1beta2", "ClusterClass", "in-memory", {
      infrastructure: ref(INFRASTRUCTURE, "DevClusterTemplate", "in-memory"),
      controlPlane: {
        ...ref(CONTROL_PLANE, "KubeadmControlPlaneTemplate", "in-memory"),
        machineInfrastructure: ref(INFRASTRUCTURE, "DevMachineTemplate", "in-memory-control-plane"),
      },
      workers: { machineDeployments: [workers] },
    }),
  ];
}
