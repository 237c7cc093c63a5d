import * as assert from "node:assert/strict";

import { countsOf, describeCounts, thingsOf } from "../../../../../sandbox/rehearsal/aws-api/things";
import { thing, untagged } from "./fleet-in-aws";

describe("what belongs to a cluster in an account", () => {
  const own = [
    thing("two", "VPC", "vpc-two", {}),
    thing("two", "subnet", "subnet-two", { VpcId: "vpc-two" }),
    thing("two", "EKS cluster", "two", {}),
    untagged("network interface", "eni-two", { VpcId: "vpc-two" }),
    untagged("node group", "two-kept", { clusterName: "two" }),
    untagged("Auto Scaling group", "eks-1", { VPCZoneIdentifier: "subnet-two,subnet-other" }),
  ];
  const others = [
    thing("two-more", "VPC", "vpc-more", {}),
    untagged("network interface", "eni-more", { VpcId: "vpc-more" }),
    untagged("node group", "more", { clusterName: "two-more" }),
    untagged("address", "eipalloc", {}),
  ];

  it("has CAPA's tag with exactly its name, lies in its network, or is a part of it", () => {
    assert.deepEqual(thingsOf("two", [...others, ...own]), own);
  });

  it("is counted by kind", () => {
    assert.equal(
      describeCounts(countsOf([...own, thing("two", "address", "a", {}), thing("two", "address", "b", {})])),
      "1 VPC, 1 subnet, 1 EKS cluster, 1 network interface, 1 node group, 1 Auto Scaling group, 2 addresses",
    );
  });
});
