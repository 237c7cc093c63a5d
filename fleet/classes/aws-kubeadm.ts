import { type JsonObject } from "../content-hash";
import { type AwsKubeadmConfig } from "../config/schema/aws-classes";
import { BOOTSTRAP, CONTROL_PLANE, CORE, INFRASTRUCTURE } from "./aws/api";
import { controlPlaneMachinePatch, WORKERS, workerMachinePatch } from "./aws/machine-patches";
import { machineTemplate } from "./aws/machine-template";
import { fromTemplate, fromVariable, patch } from "./aws/patches";
import { API_VARIABLE, CLUSTER_VARIABLES, CONTROL_PLANE_VARIABLE, WORKER_VARIABLE } from "./aws/variables";
import { controlPlaneRules, workerClasses } from "./aws/workers";
import { type ClassRevision, classObject, templateRef } from "./class-revision";
import { kubeadmControlPlane, kubeadmWorker } from "./kubeadm/control-plane";
import { ENCRYPTION_FILE, ENCRYPTION_SECRET } from "./kubeadm/encryption";

const FAMILY = "aws-kubeadm";

/**
 * Clusters on EC2: a VPC of their own over three zones, a network load balancer before the API, a kubeadm control plane
 * and machine deployments, one for each zone of a pool. What differs from cluster to cluster (version, image, machine
 * type, ranges, account, who reaches the API) are the topology's variables, so that one revision serves the whole fleet
 * and a new version is a change of the `Cluster` alone.
 */
export function awsKubeadm(config: AwsKubeadmConfig): ClassRevision {
  const cluster = classObject(FAMILY, "cluster", INFRASTRUCTURE, "AWSClusterTemplate", {
    template: { spec: awsCluster() },
  });
  const controlPlane = classObject(FAMILY, "control-plane", CONTROL_PLANE, "KubeadmControlPlaneTemplate", {
    template: { spec: { kubeadmConfigSpec: kubeadmControlPlane() } },
  });
  const controlPlaneMachine = machineTemplate(FAMILY, "control-plane-machine", { podsAskMetadata: true });
  const workers = {
    onDemand: machineTemplate(FAMILY, "worker-machine"),
    spot: machineTemplate(FAMILY, "spot-machine", { spot: true }),
    bootstrap: classObject(FAMILY, "worker-bootstrap", BOOTSTRAP, "KubeadmConfigTemplate", {
      template: { spec: kubeadmWorker() },
    }),
  };
  const clusterClass = classObject(FAMILY, undefined, CORE, "ClusterClass", {
    infrastructure: templateRef(cluster),
    controlPlane: {
      ...templateRef(controlPlane),
      machineInfrastructure: templateRef(controlPlaneMachine),
      ...controlPlaneRules(config),
    },
    workers: { machineDeployments: workerClasses(workers, config) },
    variables: [...CLUSTER_VARIABLES, API_VARIABLE, CONTROL_PLANE_VARIABLE, WORKER_VARIABLE],
    patches: [
      clusterPatch(),
      controlPlaneMachinePatch(),
      workerMachinePatch(),
      encryptionPatch(),
      workerRegistrationPatch(),
    ],
  });
  const templates = [cluster, controlPlane, controlPlaneMachine, workers.onDemand, workers.spot, workers.bootstrap];
  return { family: FAMILY, name: clusterClass.metadata.name, templates, clusterClass };
}

/** Without SSH; nodes take node ports from inside alone, and what Cilium needs from one another. */
function awsCluster(): JsonObject {
  return {
    sshKeyName: "",
    bastion: { enabled: false },
    controlPlaneLoadBalancer: {
      loadBalancerType: "nlb",
      crossZoneLoadBalancing: true,
      healthCheckProtocol: "HTTPS",
    },
    network: {
      vpc: { availabilityZoneUsageLimit: 3, availabilityZoneSelection: "Ordered" },
      cni: { cniIngressRules: CILIUM_RULES },
    },
  };
}

/** Between nodes. Source: Cilium documentation, "System Requirements", firewall rules (VXLAN mode). */
const CILIUM_RULES = [
  { description: "Cilium VXLAN", protocol: "udp", fromPort: 8472, toPort: 8472 },
  { description: "Cilium health", protocol: "tcp", fromPort: 4240, toPort: 4240 },
  { description: "Cilium ping", protocol: "icmp", fromPort: 8, toPort: 0 },
];

function clusterPatch() {
  const target = {
    apiVersion: INFRASTRUCTURE,
    kind: "AWSClusterTemplate",
    matchResources: { infrastructureCluster: true },
  };
  return patch("cluster", target, [
    ["/region", fromVariable("region")],
    ["/identityRef", fromVariable("identity")],
    ["/additionalTags", fromVariable("tags")],
    ["/network/vpc/cidrBlock", fromVariable("vpc")],
    ["/network/subnets", fromVariable("subnets")],
    ["/network/nodePortIngressRuleCidrBlocks", fromTemplate('["{{ .vpc }}"]')],
    ["/controlPlaneLoadBalancer/scheme", fromVariable("api.scheme")],
    ["/controlPlaneLoadBalancer/ingressRules", fromTemplate(API_INGRESS)],
  ]);
}

/** Without a rule of ours CAPA would let everybody in. The nodes' own way in is CAPA's. */
const API_INGRESS = `- description: "Kubernetes API"
  protocol: tcp
  fromPort: 6443
  toPort: 6443
  cidrBlocks:
{{- range .api.ranges }}
  - "{{ . }}"
{{- end }}
`;

/** Each cluster has its own key, in one Secret of the environment. */
function encryptionPatch() {
  const target = {
    apiVersion: CONTROL_PLANE,
    kind: "KubeadmControlPlaneTemplate",
    matchResources: { controlPlane: true },
  };
  return patch("encryption", target, [
    [
      "/kubeadmConfigSpec/files/-",
      fromTemplate(`path: ${ENCRYPTION_FILE}
owner: root:root
permissions: "0600"
contentFrom:
  secret:
    name: ${ENCRYPTION_SECRET}
    key: "{{ .builtin.cluster.name }}"
`),
    ],
  ]);
}

function workerRegistrationPatch() {
  const target = { apiVersion: BOOTSTRAP, kind: "KubeadmConfigTemplate", matchResources: WORKERS };
  const registration = "/joinConfiguration/nodeRegistration";
  return patch("worker-registration", target, [
    [`${registration}/taints`, fromVariable("worker.taints")],
    [`${registration}/kubeletExtraArgs/-`, fromTemplate('name: node-labels\nvalue: "{{ .worker.nodeLabels }}"\n')],
  ]);
}
