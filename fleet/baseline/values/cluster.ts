import { type JsonObject } from "../../content-hash";
import { byClass } from "../templates";

/**
 * Values of the chart `cilium`: the pod network of a cluster that kubeadm makes. Nodes have the pod ranges that the
 * controller manager gives them, and reach each other's pods by VXLAN, so the VPC needs no route for them.
 *
 * Between machines of the cluster it needs 8472/udp (VXLAN) and 4240/tcp (health); the class opens both. kube-proxy
 * stays: kubeadm installs and upgrades it.
 */
export function ciliumValues(): JsonObject {
  return {
    ipam: { mode: "kubernetes" },
    routingMode: "tunnel",
    tunnelProtocol: "vxlan",
    kubeProxyReplacement: "false",
    // Its proxy as pods of its own is for rules of layer 7, which nothing here uses; the agent brings it where it does.
    envoy: { enabled: false },
    hubble: { enabled: false },
    operator: { replicas: 2 },
    resources: { requests: { cpu: "100m", memory: "512Mi" } },
  };
}

/**
 * Values of the chart `metrics-server`. The kubelets of kubeadm sign their own certificates, which nobody can check; EKS
 * signs those of its nodes.
 */
export function metricsServerValues(): JsonObject {
  return {
    replicas: 2,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    args: [byClass("aws-kubeadm", "--kubelet-insecure-tls", "--v=0")],
  };
}
