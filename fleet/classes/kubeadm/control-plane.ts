import { type JsonObject } from "../../content-hash";
import { AUDIT_POLICY } from "./audit-policy";
import { ENCRYPTION_FILE } from "./encryption";
import { KUBELET_COMMANDS, KUBELET_FILES, PATCHES } from "./kubelet";

const AUDIT_FILE = "/etc/kubernetes/audit-policy.yaml";
const AUDIT_LOGS = "/var/log/kubernetes/audit";

/** Addresses of a node's pods: 126, where a kubelet runs 110 at most. Half of the default, so twice as many nodes fit. */
export const PODS_OF_NODE_PREFIX = 25;

/** The name that AWS knows a machine by: the cloud controller finds a node by it. */
const NODE_NAME = "{{ ds.meta_data.local_hostname }}";

/**
 * A kubeadm control plane on AWS: the cloud controller manager runs apart, Secrets are encrypted in etcd, every change
 * is in the audit log, profiling is off. The encryption configuration comes by a patch, for each cluster has its own.
 *
 * Source: CIS Kubernetes Benchmark 1.2 and 1.3; Cluster API v1.13, `KubeadmConfigSpec`.
 */
export function kubeadmControlPlane(): JsonObject {
  return {
    clusterConfiguration: {
      apiServer: {
        extraArgs: [
          { name: "audit-log-maxage", value: "30" },
          { name: "audit-log-maxbackup", value: "10" },
          { name: "audit-log-maxsize", value: "100" },
          { name: "audit-log-path", value: `${AUDIT_LOGS}/audit.log` },
          { name: "audit-policy-file", value: AUDIT_FILE },
          { name: "encryption-provider-config", value: ENCRYPTION_FILE },
          { name: "profiling", value: "false" },
        ],
        extraVolumes: [
          mounted("audit-policy", AUDIT_FILE, "File", true),
          mounted("audit-logs", AUDIT_LOGS, "DirectoryOrCreate", false),
          mounted("encryption", ENCRYPTION_FILE, "File", true),
        ],
      },
      controllerManager: {
        extraArgs: [
          { name: "cloud-provider", value: "external" },
          { name: "node-cidr-mask-size", value: String(PODS_OF_NODE_PREFIX) },
          { name: "profiling", value: "false" },
        ],
      },
      scheduler: { extraArgs: [{ name: "profiling", value: "false" }] },
    },
    initConfiguration: joining(),
    joinConfiguration: joining(),
    files: [...KUBELET_FILES, { path: AUDIT_FILE, owner: "root:root", permissions: "0600", content: AUDIT_POLICY }],
    preKubeadmCommands: KUBELET_COMMANDS,
  };
}

/** A worker; labels and taints of its pool come by a patch. */
export function kubeadmWorker(): JsonObject {
  return { joinConfiguration: joining(), files: KUBELET_FILES, preKubeadmCommands: KUBELET_COMMANDS };
}

function joining() {
  return {
    nodeRegistration: { name: NODE_NAME, kubeletExtraArgs: [{ name: "cloud-provider", value: "external" }] },
    patches: { directory: PATCHES },
  };
}

function mounted(name: string, path: string, pathType: string, readOnly: boolean) {
  return { name, hostPath: path, mountPath: path, pathType, readOnly };
}
