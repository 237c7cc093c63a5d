import { z } from "zod";

import { says } from "../rules";
import { awsRegion, eksMinor, iamRole, image, kmsKey, principal } from "./aws";
import { count, text, version } from "./text";

const images = z
  .record(
    version,
    z.partialRecord(
      awsRegion,
      z.strictObject({
        amd64: image.optional().describe("For machine types with Intel or AMD processors."),
        arm64: image.optional().describe("For Graviton machine types."),
      }),
    ),
  )
  .default({});

/** What machines on AWS have in common, whatever the class. */
const machines = {
  drainTimeoutMinutes: count
    .min(1, says("too-small", "evicts nobody", "Write the minutes that pods may take to leave, such as 30"))
    .default(30)
    .describe(
      "Minutes after which a node goes although pods are left on it; without it one strict PDB holds an upgrade.",
    ),
  nodeStartupMinutes: count
    .min(5, says("too-small", "replaces machines that are still starting", "Write 5 or more"))
    .default(15)
    .describe("Minutes after which a machine without a node is replaced."),
  unhealthyAfterSeconds: count
    .min(60, says("too-small", "replaces nodes that only blink", "Write 60 or more"))
    .default(300)
    .describe("A machine whose node is not Ready for that long is replaced, a few of a pool at a time."),
  instanceProfile: text
    .optional()
    .describe("Instance profile of worker machines. Default: the one that the management cluster's stack makes."),
};

export const awsKubeadm = z.strictObject({
  images: images.describe("Machine images by Kubernetes version, region and architecture: your own, of image-builder."),
  controlPlaneInstanceProfile: text
    .optional()
    .describe("Instance profile of control planes. Default: the one that the management cluster's stack makes."),
  ...machines,
});

const EKS_ADD_ON = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

export const awsEks = z.strictObject({
  images: images.describe(
    "Machine images by Kubernetes version, region and architecture. Default: what EKS recommends on the day on which " +
      "a machine starts.",
  ),
  support: z
    .enum(["standard", "extended"])
    .default("standard")
    .describe("At the end of standard support EKS upgrades by itself, or (extended) costs six times as much."),
  admins: z.array(principal).default([]).describe("IAM roles or users with all rights on the clusters."),
  secretsKeys: z
    .partialRecord(awsRegion, kmsKey)
    .default({})
    .describe("Your own key for Kubernetes secrets, by region; fixed once a cluster has it. Default: a key of AWS'."),
  addOns: z
    .record(
      eksMinor,
      z.record(
        text,
        text.regex(
          EKS_ADD_ON,
          says("add-on-version", "is not a version of an EKS add-on", "Write it as v1.21.1-eksbuild.3"),
        ),
      ),
    )
    .default({})
    .describe("Versions of EKS add-ons by minor, over those that this version of cluster-fleet knows."),
  ebsCsiRole: iamRole
    .optional()
    .describe("Role of the EBS CSI driver, by IRSA. Default: none, and the driver is not installed."),
  controlPlaneRole: text
    .optional()
    .describe("Name of the role of EKS control planes. Default: the one that the management cluster's stack makes."),
  ...machines,
});

export type AwsKubeadmConfig = z.output<typeof awsKubeadm>;
export type AwsEksConfig = z.output<typeof awsEks>;
