import { z } from "zod";

import { isoDate } from "../../dates";
import { CLASS_FAMILIES } from "../../families";
import { says } from "../rules";
import { annotations, labels } from "./labels";
import { count, dnsLabel, range, text, version } from "./text";

const objectReference = z.strictObject({
  apiGroup: text.describe("API group, e.g. infrastructure.cluster.x-k8s.io."),
  kind: text.describe("Kind, e.g. AWSCluster."),
  name: dnsLabel.describe("Name of the object, in the environment's namespace."),
});

const workerPool = z.strictObject({
  replicas: count.optional().describe("Number of worker machines. Either this, or min and max."),
  min: count.optional().describe("Fewest machines that the autoscaler may leave."),
  max: count.optional().describe("Most machines that the autoscaler may add."),
  instanceType: text.optional().describe("Machine type, for classes on AWS, e.g. m7i.large. A change rolls the pool."),
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
  version: version
    .optional()
    .describe("Kubernetes version in full, with its v. A change rolls every machine, control plane first."),
  controlPlane: z
    .strictObject({
      replicas: controlPlaneReplicas
        .optional()
        .describe("Control plane machines, an odd number; 3 or more in production."),
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
      pods: range.optional().describe("Pod range. Default: 192.168.0.0/16, or what the live cluster has."),
      services: range.optional().describe("Service range. Default: 10.128.0.0/12, or what the live cluster has."),
    })
    .optional()
    .describe("Address ranges; fixed once the cluster is made."),
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
