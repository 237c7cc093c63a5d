import * as assert from "node:assert/strict";

import { type JsonObject } from "../../../../../sandbox/plugins/grpc/json";
import { readConfig } from "../../../../../sandbox/rehearsal/aws-api/expected";
import { nodeGroupDeviations } from "../../../../../sandbox/rehearsal/aws-api/node-groups";
import { withMorePools } from "../../../../../sandbox/rehearsal/aws-api/pools";
import { changed, CONFIG, expected, network, untagged } from "./fleet-in-aws";

describe("a managed node group that CAPA made", () => {
  const plan = expected("two", withMorePools(CONFIG, readConfig(CONFIG)));
  const group = plan.plan.nodeGroups?.[0]?.name ?? "";
  const template: JsonObject = {
    InstanceType: "m7g.large",
    ImageId: "ami-0fedcba9876543210",
    BlockDeviceMappings: [{ Ebs: { VolumeSize: 80, VolumeType: "gp3", Encrypted: true } }],
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
  };
  const made = [
    ...network(plan),
    untagged("node group", group, {
      nodegroupName: group,
      clusterName: "two",
      amiType: "CUSTOM",
      capacityType: "ON_DEMAND",
      scalingConfig: { minSize: 3, maxSize: 3 },
      nodeRole: "arn:aws:iam::111122223333:role/nodes.fleet.cluster-fleet",
      subnets: plan.ranges.subnets.map(({ zone }) => `nodes-${zone}`),
      launchTemplateData: template,
    }),
  ];

  it("is as planned, image and all, in the pool that the rehearsal adds", () => {
    assert.match(group, /^two-kept-[0-9a-f]{10}$/);
    assert.deepEqual(nodeGroupDeviations(plan, made), []);
  });

  for (const [what, facts, words] of [
    ["an image of EKS' own", { amiType: "AL2023_ARM_64_STANDARD" }, /; AL2023_ARM_64_STANDARD; ON_DEMAND/],
    ["spot machines", { capacityType: "SPOT" }, /; CUSTOM; SPOT; /],
    ["room for one machine", { scalingConfig: { minSize: 1, maxSize: 1 } }, /; 1 to 1; /],
    ["another role", { nodeRole: "arn:aws:iam::111122223333:role/other" }, /; other; /],
    ["a public subnet", { subnets: ["public-us-west-2a"] }, /reached from the internet/],
    ["another image", { launchTemplateData: { ...template, ImageId: "ami-00000000000000000" } }, /; ami-0{17}; /],
    ["a disk in clear", { launchTemplateData: { ...template, BlockDeviceMappings: [] } }, /, in clear; /],
    ["a key", { launchTemplateData: { ...template, KeyName: "default" } }, /; key default; /],
    ["open metadata", { launchTemplateData: { ...template, MetadataOptions: {} } }, /; sessions {2}for metadata/],
  ] as [string, JsonObject, RegExp][]) {
    it(`is found wrong by ${what}`, () => {
      assert.match(nodeGroupDeviations(plan, changed(made, group, facts)).join("\n"), words);
    });
  }

  it("is missed where it is not there", () => {
    assert.match(nodeGroupDeviations(plan, network(plan)).join("\n"), /^managed node groups: nothing in place of/);
  });
});
