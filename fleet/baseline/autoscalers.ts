import { type AddOnsConfig } from "../config/schema/baseline";
import { minorOf } from "../versions";
import { chosenImage } from "./chosen";

/** An autoscaler that a cluster needs. */
export interface PlannedAutoscaler {
  readonly cluster: string;
  /** With its tag. */
  readonly image: string;
  /** Key of the cluster's kubeconfig Secret with the kubeconfig that the autoscaler uses. */
  readonly kubeconfigKey: string;
}

/**
 * The autoscaler of a cluster, of the minor of Kubernetes that the cluster is declared with.
 *
 * Of an EKS cluster CAPA writes a token every ten minutes that is good for fifteen; its kubeconfig `relative` names a file
 * beside it with the token, which is read again, while `value` holds the token itself. Source: CAPA 2.13.0,
 * `pkg/cloud/services/eks/config.go`.
 */
export function autoscaler(cluster: string, family: string, version: string, config: AddOnsConfig): PlannedAutoscaler {
  const { repository, tags } = chosenImage("cluster-autoscaler", config);
  return {
    cluster,
    image: `${repository}:${tags[minorOf(version)]}`,
    kubeconfigKey: family === "aws-eks" ? "relative" : "value",
  };
}

/**
 * What an autoscaler does on the management cluster, in its environment's namespace: it reads machines, changes the number
 * of a machine deployment's or pool's and marks the machine that is to go. Whoever gives these rights to it must have them.
 *
 * Source: Kubernetes autoscaler, `cloudprovider/clusterapi/README.md`, "A note on permissions".
 */
export const AUTOSCALER_RULES = [
  {
    apiGroups: ["cluster.x-k8s.io"],
    resources: [
      "machinedeployments",
      "machinedeployments/scale",
      "machinepools",
      "machinepools/scale",
      "machines",
      "machinesets",
    ],
    verbs: ["get", "list", "watch", "update", "patch"],
  },
  {
    apiGroups: ["infrastructure.cluster.x-k8s.io"],
    resources: ["awsmachinetemplates"],
    verbs: ["get", "list", "watch"],
  },
] as const;
