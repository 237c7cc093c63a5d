import assert from "node:assert/strict";

import { policy, trustedPods, trustedService } from "../../../../fleet/aws/policy-document";

describe("policy documents", () => {
  it("hold their statements in the given order", () => {
    const statement = (Sid: string) =>
      ({ Sid, Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] }) as const;
    assert.deepEqual(policy(statement("B"), statement("A")), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "B", Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] },
        { Sid: "A", Effect: "Allow", Action: ["ec2:DescribeVpcs"], Resource: ["*"] },
      ],
    });
  });

  it("let one AWS service take a role", () => {
    assert.deepEqual(trustedService("ec2.amazonaws.com"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Service",
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: ["sts:AssumeRole"],
        },
      ],
    });
  });

  it("let the pods of one service account of one cluster take a role, and no others", () => {
    assert.deepEqual(trustedPods({ clusterName: "fleet", namespace: "kube-system", name: "aws-node" }), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Pods",
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "fleet",
              "aws:RequestTag/kubernetes-namespace": "kube-system",
              "aws:RequestTag/kubernetes-service-account": "aws-node",
            },
          },
        },
      ],
    });
  });
});
