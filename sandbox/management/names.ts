/** Names of the processes of a management cluster, in the order in which they start. */
export const PROCESS_NAMES = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "capi-core",
  "capi-kubeadm-bootstrap",
  "capi-kubeadm-control-plane",
  "capi-dev",
  "capa",
] as const;

export type ProcessName = (typeof PROCESS_NAMES)[number];

/** The processes that are Cluster API components: each has CRDs, webhooks and controllers. */
export const COMPONENTS = [
  "capi-core",
  "capi-kubeadm-bootstrap",
  "capi-kubeadm-control-plane",
  "capi-dev",
  "capa",
] as const;

export type ComponentName = (typeof COMPONENTS)[number];
