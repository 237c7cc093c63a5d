import assert from "node:assert/strict";

import { observedNetwork } from "../../../live/cluster-networks";
import { type LiveObject } from "../../../live/management-client";

function object(network: object | undefined, labels?: Record<string, string>): LiveObject {
  return {
    metadata: {
      name: "prod-a-x7k2p",
      namespace: "production",
      creationTimestamp: "2026-11-23T06:00:00Z",
      ...(labels ? { labels } : {}),
    },
    spec: { region: "us-west-2", ...(network === undefined ? {} : { network }) },
  };
}

describe("the network of a living cluster", () => {
  it("is what Cluster API's AWS provider has made, without the public subnets", () => {
    const network = {
      vpc: { id: "vpc-1", cidrBlock: "10.33.0.0/17", tags: {} },
      subnets: [
        {
          id: "prod-a-nodes-us-west-2b",
          resourceID: "subnet-b",
          availabilityZone: "us-west-2b",
          isPublic: false,
          routeTableId: "rtb-b",
        },
        {
          id: "prod-a-public-us-west-2b",
          resourceID: "subnet-p",
          availabilityZone: "us-west-2b",
          isPublic: true,
          routeTableId: "rtb-p",
        },
        { id: "subnet-a", availabilityZone: "us-west-2a", routeTableId: "rtb-a" },
      ],
    };
    assert.deepEqual(observedNetwork(object(network, { "cluster.x-k8s.io/cluster-name": "prod-a" })), {
      cluster: "prod-a",
      vpcId: "vpc-1",
      range: "10.33.0.0/17",
      subnets: [
        { zone: "us-west-2a", id: "subnet-a", routeTableId: "rtb-a" },
        { zone: "us-west-2b", id: "subnet-b", routeTableId: "rtb-b" },
      ],
    });
  });

  it("has no ids before AWS has made it: the names of ours are none", () => {
    const network = {
      vpc: { cidrBlock: "10.33.0.0/17" },
      subnets: [{ id: "prod-a-nodes-us-west-2a", availabilityZone: "us-west-2a", isPublic: false }],
    };
    assert.deepEqual(observedNetwork(object(network)), {
      cluster: "prod-a-x7k2p",
      range: "10.33.0.0/17",
      subnets: [{ zone: "us-west-2a" }],
    });
  });

  it("is nothing yet right after its object was made", () => {
    assert.deepEqual(observedNetwork(object(undefined)), { cluster: "prod-a-x7k2p", subnets: [] });
  });
});
