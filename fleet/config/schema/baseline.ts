import { z } from "zod";

import { type AddOnName } from "../../baseline/catalogue";
import { says } from "../rules";
import { count, dnsLabel, text } from "./text";

/** An amount as Kubernetes writes it, such as 500m, 20 or 64Gi. */
const quantity = text.regex(
  /^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/,
  says("quantity", "is not an amount of Kubernetes", 'Write it in quotes, such as "20", "500m" or "64Gi"'),
);

const quota = z.strictObject({
  cpu: quantity.optional().describe("Processors that the pods of a namespace ask for together. Default: 20."),
  memory: quantity
    .optional()
    .describe("Memory that the pods of a namespace ask for, and are limited to, together. Default: 64Gi."),
  pods: count.optional().describe("Pods of a namespace. Default: 200."),
});

/** What is said of a cluster's base configuration, at any level. */
export const baseline = z.strictObject({
  monitoring: z
    .boolean()
    .optional()
    .describe("Metrics: the monitoring agent runs in the cluster. Turning it off uninstalls it. Default: true."),
  logging: z
    .boolean()
    .optional()
    .describe(
      "Logs: the log agent runs in the cluster, where cluster-fleet:addOns says where to. Turning it off uninstalls " +
        "it. Default: true.",
    ),
  networkPolicy: z
    .boolean()
    .optional()
    .describe("Pods of guarded namespaces are reached from their own namespace alone. Default: true."),
  resourceLimits: z
    .enum(["none", "strict"])
    .optional()
    .describe("strict: pods of guarded namespaces have limits, and the namespaces a quota. Default: none."),
  namespaces: z
    .array(dnsLabel)
    .optional()
    .describe("Guarded namespaces beside default; made where they are missing. A list replaces the weaker level's."),
  quota: quota.optional().describe("Quota of each guarded namespace, where resourceLimits is strict."),
});
export type BaselineValues = z.output<typeof baseline>;

const minor = text.regex(
  /^\d+\.\d+$/,
  says("minor-shape", "is not a minor version of Kubernetes", "Write it in quotes, without v and patch, such as 1.35"),
);
const kubernetesRange = z.strictObject({
  from: minor.describe("Oldest minor, in quotes."),
  to: minor.optional().describe("Newest minor, in quotes. Default: no end."),
});
const repository = text.regex(
  /^(https|oci):\/\/[^/\s]+/,
  says("chart-repository", "is not the address of a chart repository", "Begin it with https:// or oci://"),
);
const exactVersion = text.regex(
  /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/,
  says(
    "chart-version",
    "is not one exact version",
    "Write it in full, such as 1.19.8, as the chart's repository lists it",
  ),
);
const tags = z
  .record(minor, text.describe("Tag of the image for that minor."))
  .optional()
  .describe("Tags of its image by minor of Kubernetes, in quotes; they win over the catalogue's.");
const image = text.optional().describe("Its image without a tag, such as of a mirror. Default: the catalogue's.");

const chart = {
  chart: text
    .optional()
    .describe(
      "Name of the chart in its repository. Default: the catalogue's. Another one uninstalls the add-on first.",
    ),
  repo: repository
    .optional()
    .describe("Repository, https:// or oci://. Default: the catalogue's. Another one uninstalls the add-on first."),
  version: exactVersion.optional().describe("Version of the chart. Default: the catalogue's. Another one upgrades it."),
  kubernetes: kubernetesRange
    .optional()
    .describe("Minors of Kubernetes that this version takes. Default: the catalogue's."),
  values: z
    .record(text, z.unknown().describe("A value of the chart, as its documentation names it."))
    .optional()
    .describe(
      "Values laid over ours: maps merge, lists replace, null takes ours away. Texts may hold templates of Cluster " +
        "API's add-on provider. Never a secret.",
    ),
};
const plainAddOn = z.strictObject(chart);
const agent = z.strictObject({
  ...chart,
  sendTo: z
    .url({ protocol: /^https?$/, error: says("url", "is not an address", "Write it as https://example.com/path") })
    .optional()
    .describe("Where the agent sends to: Prometheus remote write for metrics, OTLP over HTTP for logs."),
});
const withImage = z.strictObject({ ...chart, image, tags });
const imageOnly = z.strictObject({ image, tags });

/** Corrections of the catalogue of add-ons. */
export const addOns = z.strictObject({
  cilium: plainAddOn.optional().describe("Pod network of clusters of class aws-kubeadm."),
  "aws-cloud-controller-manager": withImage
    .optional()
    .describe("Nodes and load balancers in AWS, for clusters of class aws-kubeadm."),
  "aws-ebs-csi-driver": plainAddOn.optional().describe("Volumes in AWS, for clusters of class aws-kubeadm."),
  "metrics-server": plainAddOn.optional().describe("Usage of pods and nodes, for clusters on AWS."),
  "monitoring-agent": agent.optional().describe("Prometheus, where baseline.monitoring is on."),
  "log-agent": agent
    .optional()
    .describe("Fluent Bit, where baseline.logging is on and sendTo says where to; without sendTo there is none."),
  "cluster-autoscaler": imageOnly
    .optional()
    .describe("Cluster autoscaler, on the management cluster, for each cluster with pools of min and max."),
} satisfies Record<AddOnName, z.ZodType>);
export type AddOnsConfig = z.output<typeof addOns>;
