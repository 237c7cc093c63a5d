import { type JsonObject } from "../../content-hash";
import { ENVIRONMENT, REGION } from "../../labels";
import { CLUSTER_NAME, CLUSTER_REGION, label } from "../templates";

/**
 * Values of the chart `prometheus` as monitoring agent: it looks at pods, nodes and objects of its own cluster and keeps
 * six hours, enough for a look; what has to stay is sent to the fleet's metrics, each series with its cluster's name.
 */
export function monitoringAgentValues(sendTo: string | undefined): JsonObject {
  return {
    alertmanager: { enabled: false },
    "prometheus-pushgateway": { enabled: false },
    "kube-state-metrics": { enabled: true },
    "prometheus-node-exporter": { enabled: true },
    server: {
      retention: "6h",
      // What is lost with the pod was sent already.
      persistentVolume: { enabled: false },
      global: {
        external_labels: { cluster: CLUSTER_NAME, environment: label(ENVIRONMENT), region: CLUSTER_REGION },
      },
      remoteWrite: sendTo === undefined ? [] : [{ url: sendTo }],
      resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { memory: "2Gi" } },
    },
  };
}

/**
 * Values of the chart `fluent-bit` as log agent: the logs of all containers of each node, with their pods' names, to an
 * address that takes OTLP over HTTP.
 */
export function logAgentValues(sendTo: string): JsonObject {
  return {
    tolerations: [{ operator: "Exists" }],
    config: { outputs: output(new URL(sendTo)) },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
  };
}

function output({ protocol, hostname, port, pathname, search }: URL): string {
  const isEncrypted = protocol === "https:";
  const settings: [string, string][] = [
    ["Name", "opentelemetry"],
    ["Match", "*"],
    ["Host", hostname],
    ["Port", port || (isEncrypted ? "443" : "80")],
    ["Logs_uri", `${pathname}${search}`],
    ["Tls", isEncrypted ? "On" : "Off"],
    ["Add_label", `cluster ${CLUSTER_NAME}`],
    ["Add_label", `environment ${label(ENVIRONMENT)}`],
    ["Add_label", `region ${label(REGION)}`],
    // Without an end: a target that is away for an hour loses nothing that the node still has.
    ["Retry_Limit", "no_limits"],
  ];
  return ["[OUTPUT]", ...settings.map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}
