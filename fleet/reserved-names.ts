/** Environments become namespaces: these belong to Kubernetes and to what runs on a management cluster. */
const NAMESPACES = [
  "default",
  "capi-system",
  "capa-system",
  "capi-kubeadm-bootstrap-system",
  "capi-kubeadm-control-plane-system",
  "capi-operator-system",
  "cert-manager",
  "fleet-default",
  "fleet-local",
  "local",
  "traefik",
];
const NAMESPACE_PREFIXES = ["kube-", "cattle-"];

/** Whether a namespace of that name belongs to somebody else. */
export function isReservedEnvironment(name: string): boolean {
  return NAMESPACES.includes(name) || NAMESPACE_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/**
 * Names that cluster lists of other tools use for themselves, and why. `local` is the cluster that Rancher runs on,
 * `in-cluster` the one that Argo CD runs on; the rest are parts of our own fleet.
 */
const CLUSTERS: Readonly<Record<string, string>> = {
  local: "the cluster that Rancher runs on",
  "in-cluster": "the cluster that Argo CD runs on",
  management: "the fleet's management cluster",
  classes: "the fleet's cluster classes",
  namespace: "the fleet's namespace",
};

/** Who uses that cluster name; `undefined` where nobody does. */
export function reservedClusterName(name: string): string | undefined {
  return Object.hasOwn(CLUSTERS, name) ? CLUSTERS[name] : undefined;
}
