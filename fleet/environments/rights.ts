/** One rule of a Kubernetes Role. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const DECLARE = ["get", "list", "watch", "create", "update", "patch", "delete"];
const LOOK = ["get", "list", "watch"];

/**
 * What a run of an environment's stack does in the environment's namespace, and nothing more: it declares clusters,
 * classes and their templates, looks at what Cluster API makes of them, and reads the kubeconfigs of its clusters.
 */
export const ENVIRONMENT_RULES: readonly RoleRule[] = [
  { apiGroups: ["cluster.x-k8s.io"], resources: ["clusters", "clusterclasses"], verbs: DECLARE },
  {
    apiGroups: ["cluster.x-k8s.io"],
    resources: ["machinedeployments", "machinesets", "machines", "machinepools", "machinehealthchecks"],
    verbs: LOOK,
  },
  { apiGroups: ["bootstrap.cluster.x-k8s.io"], resources: ["kubeadmconfigtemplates"], verbs: DECLARE },
  { apiGroups: ["controlplane.cluster.x-k8s.io"], resources: ["kubeadmcontrolplanetemplates"], verbs: DECLARE },
  { apiGroups: ["controlplane.cluster.x-k8s.io"], resources: ["kubeadmcontrolplanes"], verbs: LOOK },
  {
    apiGroups: ["infrastructure.cluster.x-k8s.io"],
    resources: ["devclustertemplates", "devmachinetemplates"],
    verbs: DECLARE,
  },
  // Kubeconfigs of the workload clusters are Secrets of the namespace; names cannot be listed beforehand.
  { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
];

/** The group that an environment's people and pipelines belong to on the management cluster. */
export function environmentGroup(environment: string): string {
  return `cluster-fleet:${environment}`;
}
