import { z } from "zod";

import { isoDate } from "../../dates";
import { CLASS_FAMILIES } from "../../families";
import { says } from "../rules";
import { accountId, threeZones, zone } from "./aws";
import { baseline } from "./baseline";
import { annotations, labelKey, labels, labelValue } from "./labels";
import { count, dnsLabel, range, text, version } from "./text";

const objectReference = z.strictObject({
  apiGroup: text.describe("API group, e.g. infrastructure.cluster.x-k8s.io."),
  kind: text.describe("Kind, e.g. AWSCluster."),
  name: dnsLabel.describe("Name of the object, in the environment's namespace."),
});

const volumeGiB = z
  .int(says("not-whole", "is not a whole number", "Write a whole number"))
  .min(30, says("too-small", "is too small for images and logs", "Write 30 or more"))
  .max(16_384, says("too-large", "is more than a gp3 volume holds", "Write 16384 or less"));

/** As kubelets register their nodes. */
const taint = z.strictObject({
  key: labelKey.describe("Taint key."),
  value: labelValue.optional().describe("Taint value."),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).describe("What it does to pods without toleration."),
});

const workerPool = z.strictObject({
  replicas: count.optional().describe("Number of worker machines. Either this, or min and max."),
  min: count.optional().describe("Fewest machines that the autoscaler may leave."),
  max: count.optional().describe("Most machines that the autoscaler may add."),
  instanceType: text.optional().describe("Machine type, for classes on AWS, e.g. m7i.large. A change rolls the pool."),
  capacity: z
    .enum(["on-demand", "spot"])
    .optional()
    .describe("Spot costs about a third, and AWS takes it back with two minutes' notice. Default: on-demand."),
  volumeGiB: volumeGiB
    .optional()
    .describe("Disk of each machine on AWS, GiB, gp3, encrypted. Default: 80. A change rolls the pool."),
  managed: z
    .boolean()
    .optional()
    .describe("A managed node group: EKS makes and replaces the machines, for class aws-eks. Default: false. Fixed."),
  zones: z.array(zone).optional().describe("Zones of the cluster that the pool is spread over. Default: all three."),
  labels: labels.optional().describe("Labels of the pool's nodes. A change rolls the pool."),
  taints: z.array(taint).optional().describe("Taints of the pool's nodes. A change rolls the pool."),
});

const waiver = z.strictObject({
  until: isoDate.describe("Last day on which the waiver holds, YYYY-MM-DD in UTC."),
  reason: text.describe("Why the rule may be broken for a time; shown in previews and on the Cluster object."),
});

const controlPlaneReplicas = count
  .min(1, says("too-small", "leaves no control plane", "Write 1, 3 or 5"))
  .max(9, says("too-large", "is more than etcd works well with", "Write 3 or 5"));

/**
 * What may be said of a cluster, at any level: `base`, `overlay` or the cluster itself. Every value is optional here,
 * because another level may give it; what a cluster lacks in the end is found once the levels are merged.
 */
export const clusterValues = z.strictObject({
  via: z
    .literal("cluster-api")
    .optional()
    .describe("Who makes the cluster. Default: cluster-api, the only way that this version builds."),
  class: z
    .enum(CLASS_FAMILIES)
    .optional()
    .describe("Family of the cluster class. Another family is another cluster: Cluster API refuses to change it."),
  infrastructureRef: objectReference
    .optional()
    .describe("Instead of class: a plain Cluster without topology, on an infrastructure object that you made."),
  controlPlaneRef: objectReference
    .optional()
    .describe("Control plane object of a plain cluster; none where the infrastructure brings its own."),
  region: dnsLabel.optional().describe("Region that the cluster runs in; a label of the Cluster object."),
  account: accountId
    .optional()
    .describe(
      "AWS account that the cluster is made in, twelve digits in quotes; one of the management cluster's " +
        "clusterApi.accounts. Default: the management cluster's own. Fixed.",
    ),
  version: version
    .optional()
    .describe("Kubernetes version in full, with its v. A change rolls every machine, control plane first."),
  controlPlane: z
    .strictObject({
      replicas: controlPlaneReplicas
        .optional()
        .describe("Control plane machines, an odd number; 3 or more in production."),
      instanceType: text.optional().describe("Machine type on AWS. Default: m7i.large. A change rolls it."),
      volumeGiB: volumeGiB
        .optional()
        .describe("Disk of each machine on AWS, GiB, gp3, encrypted. Default: 80. A change rolls it."),
      capacity: text
        .regex(
          /^on-demand$/,
          says(
            "control-plane-spot",
            "may be taken back by AWS with two minutes' notice, and etcd would lose its quorum",
            "Remove it: a control plane runs on demand",
          ),
        )
        .optional()
        .describe("Always on-demand."),
    })
    .optional()
    .describe("Control plane; not for aws-eks, where AWS runs it."),
  workers: z
    .record(dnsLabel, workerPool)
    .optional()
    .describe("Worker pools by name. Removing a pool removes its machines."),
  network: z
    .strictObject({
      slot: count.optional().describe("Place of the cluster in the environment's address plan; never change it."),
      zones: threeZones
        .optional()
        .describe("Three availability zones, for classes on AWS. Default: the usual ones of the region."),
      vpc: range.optional().describe("Range of the VPC, for classes on AWS. Default: by slot."),
      pods: range
        .optional()
        .describe("Pod range. Default: what the live cluster has; by slot on AWS; else 192.168.0.0/16."),
      services: range
        .optional()
        .describe("Service range. Default: what the live cluster has; by slot on AWS; else 10.128.0.0/12."),
    })
    .optional()
    .describe("Address ranges; fixed once the cluster is made."),
  baseline: baseline
    .optional()
    .describe("Base configuration: monitoring, logging, network policy, limits. Not for in-memory-kubeadm."),
  stage: dnsLabel.optional().describe("Rollout stage by name; wins over the stages' selectors."),
  labels: labels.optional().describe("Labels of the Cluster object, for groups, stages, add-ons and your own tools."),
  annotations: annotations.optional().describe("Annotations of the Cluster object."),
  paused: z
    .boolean()
    .optional()
    .describe("Cluster API leaves a paused cluster alone: no repair, no upgrade, no deletion. Default: false."),
  adopt: z
    .boolean()
    .optional()
    .describe("Take over a live Cluster object of this name that somebody else made. Default: false."),
  waivers: z
    .record(dnsLabel, waiver)
    .optional()
    .describe("Policy rules that this cluster may break for a time, by rule name."),
});

export type ClusterValues = z.output<typeof clusterValues>;
export type ObjectReference = z.output<typeof objectReference>;
export type WorkerPoolValues = z.output<typeof workerPool>;
