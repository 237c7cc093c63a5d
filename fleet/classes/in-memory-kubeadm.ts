import { type InMemoryClassConfig } from "../config/schema/fleet";
import { classObject, templateRef, type ClassObject, type ClassRevision } from "./class-revision";

const FAMILY = "in-memory-kubeadm";
const BOOTSTRAP = "bootstrap.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
const CORE = "cluster.x-k8s.io/v1beta2";
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";

/** The worker class that machine deployments of this family name. */
export const IN_MEMORY_WORKER_CLASS = "default-worker";

/**
 * The sandbox's class: the kubeadm control plane and machine deployments are Cluster API's own, the machines beneath
 * live in the memory of Cluster API's dev provider. Nothing runs on them, so such a cluster costs nothing and is
 * Available within a minute; it is for the sandbox and tests only.
 */
export function inMemoryKubeadm(config: InMemoryClassConfig): ClassRevision {
  const cluster = classObject(FAMILY, "cluster", INFRASTRUCTURE, "DevClusterTemplate", {
    template: { spec: { backend: { inMemory: {} } } },
  });
  const controlPlane = classObject(FAMILY, "control-plane", CONTROL_PLANE, "KubeadmControlPlaneTemplate", {
    template: {
      spec: {
        kubeadmConfigSpec: {
          clusterConfiguration: { apiServer: { certSANs: ["localhost", "127.0.0.1"] } },
          initConfiguration: nodeRegistration(),
          joinConfiguration: nodeRegistration(),
        },
      },
    },
  });
  const controlPlaneMachine = machineTemplate("control-plane-machine", config);
  const workerBootstrap = classObject(FAMILY, "worker-bootstrap", BOOTSTRAP, "KubeadmConfigTemplate", {
    template: { spec: { joinConfiguration: nodeRegistration() } },
  });
  const workerMachine = machineTemplate("worker-machine", config);

  const clusterClass = classObject(FAMILY, undefined, CORE, "ClusterClass", {
    infrastructure: templateRef(cluster),
    controlPlane: {
      ...templateRef(controlPlane),
      machineInfrastructure: templateRef(controlPlaneMachine),
      healthCheck: healthCheck(config),
    },
    workers: {
      machineDeployments: [
        {
          class: IN_MEMORY_WORKER_CLASS,
          bootstrap: templateRef(workerBootstrap),
          infrastructure: templateRef(workerMachine),
          healthCheck: healthCheck(config),
        },
      ],
    },
  });
  const templates = [cluster, controlPlane, controlPlaneMachine, workerBootstrap, workerMachine];
  return { family: FAMILY, name: clusterClass.metadata.name, templates, clusterClass };
}

function nodeRegistration() {
  return { nodeRegistration: { criSocket: "unix:///var/run/containerd/containerd.sock" } };
}

/** Every simulated part takes its start-up time, so that a sandbox can play slow and fast machines. */
function machineTemplate(role: string, { startup }: InMemoryClassConfig): ClassObject {
  const after = (startupDuration: string) => ({ provisioning: { startupDuration } });
  return classObject(FAMILY, role, INFRASTRUCTURE, "DevMachineTemplate", {
    template: {
      spec: {
        backend: {
          inMemory: {
            vm: after(startup.machine),
            node: after(startup.node),
            apiServer: after(startup.node),
            etcd: after(startup.node),
          },
        },
      },
    },
  });
}

/** A machine whose node is not Ready for that long is replaced. */
function healthCheck({ unhealthyAfterSeconds }: InMemoryClassConfig) {
  const unhealthy = (type: string) =>
    ["Unknown", "False"].map((status) => ({ type, status, timeoutSeconds: unhealthyAfterSeconds }));
  return {
    checks: { unhealthyNodeConditions: unhealthy("Ready"), unhealthyMachineConditions: unhealthy("NodeReady") },
  };
}
