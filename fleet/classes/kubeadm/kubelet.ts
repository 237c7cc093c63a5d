/** Where kubeadm looks for changes of the files that it writes. */
export const PATCHES = "/etc/kubernetes/patches";

/** With `protectKernelDefaults` a kubelet does not set these by itself, and does not start where they are otherwise. */
const KERNEL = ["vm.overcommit_memory=1", "vm.panic_on_oom=0", "kernel.panic=10", "kernel.panic_on_oops=1"];

/**
 * What the kubelet does beyond kubeadm's defaults (which close the read-only port and ask every caller who it is).
 *
 * Source: CIS Kubernetes Benchmark 4.2; Kubernetes documentation, `KubeletConfiguration` v1beta1.
 */
const KUBELET = {
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  protectKernelDefaults: true,
  seccompDefault: true,
  podPidsLimit: 4096,
  eventRecordQPS: 50,
  streamingConnectionIdleTimeout: "5m0s",
  // Two minutes are what AWS gives a spot machine.
  shutdownGracePeriod: "90s",
  shutdownGracePeriodCriticalPods: "30s",
  tlsMinVersion: "VersionTLS12",
};

/** Files of every machine that hold what its kubelet is to do. */
export const KUBELET_FILES = [
  { path: "/etc/sysctl.d/90-kubelet.conf", owner: "root:root", permissions: "0644", content: `${KERNEL.join("\n")}\n` },
  {
    path: `${PATCHES}/kubeletconfiguration0+merge.json`,
    owner: "root:root",
    permissions: "0600",
    content: `${JSON.stringify(KUBELET, undefined, 2)}\n`,
  },
];

/** Before kubeadm starts the kubelet. */
export const KUBELET_COMMANDS = ["sysctl --system"];
