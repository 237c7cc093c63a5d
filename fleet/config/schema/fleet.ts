import { z } from "zod";

import { says } from "../rules";
import { awsEks, awsKubeadm } from "./aws-classes";
import { labelKey, labelValue } from "./labels";
import { count, dnsLabel, duration, stackName } from "./text";

const matchExpression = z
  .strictObject({
    key: labelKey.describe("Label key."),
    operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]).describe("How the label's value is compared."),
    values: z.array(labelValue).optional().describe("Values for In and NotIn."),
  })
  .superRefine(({ operator, values }, context) => {
    const wanted = operator === "In" || operator === "NotIn";
    if (wanted && (values === undefined || values.length === 0)) {
      context.addIssue({
        code: "custom",
        path: ["values"],
        message: says("selector-values", `is empty, but ${operator} compares with values`, "List one value or more"),
      });
    }
    if (!wanted && values !== undefined) {
      context.addIssue({
        code: "custom",
        path: ["values"],
        message: says("selector-no-values", `is set, but ${operator} looks at the key alone`, "Remove it"),
      });
    }
  });

/** Selects clusters by label, as Kubernetes selectors do: all parts must hold. */
export const selector = z
  .strictObject({
    matchLabels: z.record(labelKey, labelValue).optional().describe("Labels that must have exactly these values."),
    matchExpressions: z.array(matchExpression).optional().describe("Further conditions on labels."),
  })
  .refine(({ matchLabels, matchExpressions }) => size(matchLabels) + size(matchExpressions) > 0, {
    error: says(
      "selector-empty",
      "selects every cluster, for it states nothing",
      "Name labels in matchLabels or matchExpressions",
    ),
  });
export type Selector = z.output<typeof selector>;

function size(value: object | undefined): number {
  return Object.keys(value ?? {}).length;
}

export const groups = z.record(dnsLabel, selector);

export const peers = z.array(
  z.strictObject({
    environment: dnsLabel.describe("Environment that runs a version before this one may."),
    stack: stackName
      .optional()
      .describe("Stack to read its versions from. Default: observed in its namespace on the same management cluster."),
  }),
);
export type Peer = z.output<typeof peers>[number];

const inMemoryClass = z.strictObject({
  startup: z
    .strictObject({
      machine: duration.default("1s").describe("Until a machine is there."),
      node: duration.default("500ms").describe("Until its node, API server and etcd answer."),
    })
    .prefault({})
    .describe("How long the simulated parts take to start."),
  unhealthyAfterSeconds: count
    .min(1, says("too-small", "replaces every machine at once", "Write the seconds a node may be away, such as 300"))
    .default(300)
    .describe("A machine whose node is not Ready for that long is replaced."),
});
export type InMemoryClassConfig = z.output<typeof inMemoryClass>;

export const classes = z.strictObject({
  "in-memory-kubeadm": inMemoryClass.prefault({}).describe("The sandbox's class: machines in memory."),
  "aws-kubeadm": awsKubeadm.prefault({}).describe("Clusters on EC2 that kubeadm makes."),
  "aws-eks": awsEks.prefault({}).describe("Clusters whose control plane EKS runs."),
});
