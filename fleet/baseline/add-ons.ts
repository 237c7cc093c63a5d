import { type ClassFamily } from "../families";
import { type AddOnsConfig } from "../config/schema/baseline";
import { type JsonObject } from "../content-hash";
import { LOGGING_NAMESPACE, MONITORING_NAMESPACE } from "./base-objects";
import { CHART_ADD_ONS, type ChartAddOnName } from "./catalogue";
import { chosenAddOn, chosenImage } from "./chosen";
import { type ClusterBaseline } from "./labels";
import { logAgentValues, monitoringAgentValues } from "./values/agents";
import { cloudControllerValues, volumeDriverValues } from "./values/aws";
import { ciliumValues, metricsServerValues } from "./values/cluster";

/** Which clusters an add-on is for, and how it is installed. */
export interface AddOn {
  /** Classes of cluster that have it; absent: whatever the class. */
  readonly families?: readonly ClassFamily[];
  /** Switch of the base configuration that it is behind. */
  readonly behind?: "monitoring" | "logging";
  /** Namespace and name of its Helm release. Another one would uninstall it first. */
  readonly namespace: string;
  readonly releaseName: string;
  /** Ours; the user's are laid over them. */
  readonly values: (config: AddOnsConfig) => JsonObject;
}

/** EKS brings network, DNS, proxy and volumes as add-ons of its own, by the cluster's class. */
const ADD_ONS: Readonly<Record<ChartAddOnName, AddOn>> = {
  cilium: {
    families: ["aws-kubeadm"],
    namespace: "kube-system",
    releaseName: "cilium",
    values: ciliumValues,
  },
  "aws-cloud-controller-manager": {
    families: ["aws-kubeadm"],
    namespace: "kube-system",
    releaseName: "aws-cloud-controller-manager",
    values: (config) => cloudControllerValues(chosenImage("aws-cloud-controller-manager", config)),
  },
  "aws-ebs-csi-driver": {
    families: ["aws-kubeadm"],
    namespace: "kube-system",
    releaseName: "aws-ebs-csi-driver",
    values: volumeDriverValues,
  },
  "metrics-server": {
    families: ["aws-kubeadm", "aws-eks"],
    namespace: "kube-system",
    releaseName: "metrics-server",
    values: metricsServerValues,
  },
  "monitoring-agent": {
    behind: "monitoring",
    namespace: MONITORING_NAMESPACE,
    releaseName: "monitoring-agent",
    values: (config) => monitoringAgentValues(chosenAddOn("monitoring-agent", config).sendTo),
  },
  "log-agent": {
    behind: "logging",
    namespace: LOGGING_NAMESPACE,
    releaseName: "log-agent",
    values: (config) => logAgentValues(chosenAddOn("log-agent", config).sendTo ?? ""),
  },
};

export function addOn(name: ChartAddOnName): AddOn {
  return ADD_ONS[name];
}

/** Add-ons that this stack has at all: an agent for logs that nobody takes would only cost. */
export function addOnsOf(config: AddOnsConfig): ChartAddOnName[] {
  return CHART_ADD_ONS.filter((name) => name !== "log-agent" || chosenAddOn(name, config).sendTo !== undefined);
}

/** Whether a cluster has an add-on, where this stack has it at all. */
export function reaches(
  name: ChartAddOnName,
  { family, base }: { readonly family: string; readonly base: Pick<ClusterBaseline, "monitoring" | "logging"> },
): boolean {
  const { families, behind } = ADD_ONS[name];
  const ofClass = families === undefined || families.some((each) => each === family);
  return ofClass && (behind === undefined || base[behind] === true);
}
