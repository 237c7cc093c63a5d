import assert from "node:assert/strict";

import { loadBalancerControllerValues } from "../../../../fleet/management/load-balancer-values";

describe("values of the AWS Load Balancer Controller's chart", () => {
  it("tell it where it is, which its pods cannot ask, and turn off what it has no rights for", () => {
    assert.deepEqual(loadBalancerControllerValues({ clusterName: "fleet", region: "us-west-2", vpcId: "vpc-1" }), {
      clusterName: "fleet",
      region: "us-west-2",
      vpcId: "vpc-1",
      replicaCount: 2,
      serviceAccount: { create: true, name: "aws-load-balancer-controller" },
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      defaultTags: { "cluster-fleet.io/management": "fleet" },
      enableServiceMutatorWebhook: false,
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    });
  });
});
