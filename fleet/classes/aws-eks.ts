import { type JsonObject } from "../content-hash";
import { type AwsEksConfig } from "../config/schema/aws-classes";
import { BOOTSTRAP, CONTROL_PLANE, CORE, INFRASTRUCTURE } from "./aws/api";
import { WORKERS, workerMachinePatch } from "./aws/machine-patches";
import { machineTemplate } from "./aws/machine-template";
import { fromTemplate, fromVariable, patch } from "./aws/patches";
import { CLUSTER_VARIABLES, EKS_VARIABLES, WORKER_VARIABLE } from "./aws/variables";
import { workerClasses } from "./aws/workers";
import { type ClassRevision, classObject, templateRef } from "./class-revision";

const FAMILY = "aws-eks";

/**
 * Clusters whose control plane EKS runs: a VPC of their own over three zones, access by access entries alone, all logs,
 * the private endpoint always on; machines of ours with Amazon Linux 2023, one machine deployment for each zone of a pool.
 * What differs from cluster to cluster are the topology's variables.
 */
export function awsEks(config: AwsEksConfig): ClassRevision {
  const cluster = classObject(FAMILY, "cluster", INFRASTRUCTURE, "AWSManagedClusterTemplate", {
    template: { spec: {} },
  });
  const controlPlane = classObject(FAMILY, "control-plane", CONTROL_PLANE, "AWSManagedControlPlaneTemplate", {
    template: { spec: managedControlPlane(config) },
  });
  const workers = {
    onDemand: machineTemplate(FAMILY, "worker-machine", { plainUserData: true }),
    spot: machineTemplate(FAMILY, "spot-machine", { spot: true, plainUserData: true }),
    bootstrap: classObject(FAMILY, "worker-bootstrap", BOOTSTRAP, "NodeadmConfigTemplate", {
      template: { spec: { kubelet: { config: EKS_KUBELET } } },
    }),
  };
  const clusterClass = classObject(FAMILY, undefined, CORE, "ClusterClass", {
    infrastructure: templateRef(cluster),
    controlPlane: templateRef(controlPlane),
    workers: { machineDeployments: workerClasses(workers, config) },
    variables: [...CLUSTER_VARIABLES, ...EKS_VARIABLES, WORKER_VARIABLE],
    patches: [controlPlanePatch(), secretsPatch(), workerMachinePatch(), workerRegistrationPatch()],
  });
  const templates = [cluster, controlPlane, workers.onDemand, workers.spot, workers.bootstrap];
  return { family: FAMILY, name: clusterClass.metadata.name, templates, clusterClass };
}

/**
 * Whoever makes the cluster gets no rights by that: all who enter are named.
 *
 * Source: EKS best practices, "Cluster Access Manager"; CAPA v2.13, `AWSManagedControlPlaneSpec`.
 */
function managedControlPlane({ support }: AwsEksConfig): JsonObject {
  return {
    sshKeyName: "",
    bastion: { enabled: false },
    accessConfig: { authenticationMode: "api", bootstrapClusterCreatorAdminPermissions: false },
    logging: { apiServer: true, audit: true, authenticator: true, controllerManager: true, scheduler: true },
    restrictPrivateSubnets: true,
    upgradePolicy: support,
    network: {
      vpc: { availabilityZoneUsageLimit: 3, availabilityZoneSelection: "Ordered" },
      // Without rules of ours CAPA would open the ports of Calico.
      cni: { cniIngressRules: [] },
    },
  };
}

/** Source: CIS Amazon EKS Benchmark 3.2; the rest are defaults of Amazon Linux 2023's nodeadm. */
export const EKS_KUBELET = {
  podPidsLimit: 4096,
  seccompDefault: true,
  shutdownGracePeriod: "90s",
  shutdownGracePeriodCriticalPods: "30s",
};

const MANAGED = {
  apiVersion: CONTROL_PLANE,
  kind: "AWSManagedControlPlaneTemplate",
  matchResources: { controlPlane: true },
};

function controlPlanePatch() {
  return patch("control-plane", MANAGED, [
    ["/eksClusterName", fromTemplate('"{{ .builtin.cluster.name }}"')],
    ["/region", fromVariable("region")],
    ["/identityRef", fromVariable("identity")],
    ["/additionalTags", fromVariable("tags")],
    ["/network/vpc/cidrBlock", fromVariable("vpc")],
    ["/network/subnets", fromVariable("subnets")],
    ["/endpointAccess", fromVariable("endpoint.access")],
    ["/network/additionalControlPlaneIngressRules", fromTemplate(INSIDE_INGRESS)],
    ["/roleName", fromVariable("controlPlaneRole")],
    ["/accessEntries", fromVariable("accessEntries")],
    ["/addons", fromVariable("addOns")],
  ]);
}

/** CAPA puts the group with these rules onto the interfaces of the control plane. */
const INSIDE_INGRESS = `
{{- if .endpoint.inside -}}
- description: "Kubernetes API"
  protocol: tcp
  fromPort: 443
  toPort: 443
  cidrBlocks:
{{- range .endpoint.inside }}
  - "{{ . }}"
{{- end }}
{{- else -}}
[]
{{- end }}
`;

function secretsPatch() {
  const config = 'provider: "{{ .secretsKey }}"\nresources: [secrets]\n';
  return patch("secrets", MANAGED, [["/encryptionConfig", fromTemplate(config)]], "{{ if .secretsKey }}true{{ end }}");
}

/** Labels and taints of a pool, as flags of the kubelet. */
function workerRegistrationPatch() {
  const target = { apiVersion: BOOTSTRAP, kind: "NodeadmConfigTemplate", matchResources: WORKERS };
  return patch("worker-registration", target, [["/kubelet/flags", fromTemplate(KUBELET_FLAGS)]]);
}

const KUBELET_FLAGS = `- "--node-labels={{ .worker.nodeLabels }}"
{{- range .worker.taints }}
- "--register-with-taints={{ .key }}={{ .value }}:{{ .effect }}"
{{- end }}
`;
