import { AUTOSCALER_RULES } from "../baseline/autoscalers";

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
 * classes and their templates, base configuration, add-ons and autoscalers, looks at what Cluster API makes of them, and
 * reads the kubeconfigs of its clusters.
 */
export const ENVIRONMENT_RULES: readonly RoleRule[] = [
  { apiGroups: ["cluster.x-k8s.io"], resources: ["clusters", "clusterclasses"], verbs: DECLARE },
  {
    apiGroups: ["cluster.x-k8s.io"],
    resources: ["machinedeployments", "machinesets", "machines", "machinehealthchecks"],
    verbs: LOOK,
  },
  { apiGroups: ["cluster.x-k8s.io"], resources: ["machinepools"], verbs: DECLARE },
  {
    apiGroups: ["bootstrap.cluster.x-k8s.io"],
    resources: ["kubeadmconfigtemplates", "nodeadmconfigtemplates", "nodeadmconfigs"],
    verbs: DECLARE,
  },
  {
    apiGroups: ["controlplane.cluster.x-k8s.io"],
    resources: ["kubeadmcontrolplanetemplates", "awsmanagedcontrolplanetemplates"],
    verbs: DECLARE,
  },
  {
    apiGroups: ["controlplane.cluster.x-k8s.io"],
    resources: ["kubeadmcontrolplanes", "awsmanagedcontrolplanes"],
    verbs: LOOK,
  },
  {
    apiGroups: ["infrastructure.cluster.x-k8s.io"],
    resources: [
      "awsclustertemplates",
      "awsmachinetemplates",
      "awsmanagedclustertemplates",
      "awsmanagedmachinepools",
      "devclustertemplates",
      "devmachinetemplates",
    ],
    verbs: DECLARE,
  },
  { apiGroups: ["infrastructure.cluster.x-k8s.io"], resources: ["awsclusters", "awsmanagedclusters"], verbs: LOOK },
  {
    apiGroups: ["addons.cluster.x-k8s.io"],
    resources: ["clusterresourcesets", "helmchartproxies"],
    verbs: DECLARE,
  },
  { apiGroups: ["addons.cluster.x-k8s.io"], resources: ["helmreleaseproxies"], verbs: LOOK },
  // Cluster API's record of what it applied: `npm run fleet -- baseline --restore` strikes an entry out.
  { apiGroups: ["addons.cluster.x-k8s.io"], resources: ["clusterresourcesetbindings"], verbs: [...LOOK, "patch"] },
  { apiGroups: [""], resources: ["configmaps", "serviceaccounts"], verbs: DECLARE },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: DECLARE },
  { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles", "rolebindings"], verbs: DECLARE },
  // Nobody can give away a right that he does not have.
  ...AUTOSCALER_RULES,
  // Kubeconfigs of the workload clusters are Secrets of the namespace, whose names cannot be listed beforehand; so are
  // the keys with which control planes encrypt, which the environment's stack makes.
  { apiGroups: [""], resources: ["secrets"], verbs: ["get", "create", "update", "patch", "delete"] },
];

/** The group that an environment's people and pipelines belong to on the management cluster. */
export function environmentGroup(environment: string): string {
  return `cluster-fleet:${environment}`;
}
